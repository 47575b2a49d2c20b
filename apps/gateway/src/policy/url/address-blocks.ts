import { BlockList, isIP } from 'node:net';

/** Blocks that are not the public internet (IANA IPv4 Special-Purpose Address Registry, RFC 6890 and its updates). */
const specialIpv4: readonly string[] = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...[
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.31.196.0/24',
    '192.52.193.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
  ],
  ...['192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // Azure's own services, on an address that looks public.
  '168.63.129.16/32',
];

/** The only addresses that IANA has given to the public internet … */
const globalIpv6 = '2000::/3';

/**
 * … without protocol assignments (Teredo, ORCHID), documentation and 6to4. What lies outside, such as mapped and
 * translated IPv4, needs no entry (IANA IPv6 Special-Purpose Address Registry).
 */
const specialIpv6: readonly string[] = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** Where clouds tell a machine its credentials: AWS, GCP, Azure, Oracle, OpenStack and others share 169.254; the rest by name. */
const metadataIpv4: readonly string[] = [
  '169.254.0.0/16',
  // Alibaba, Azure, Oracle.
  ...['100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32'],
];
/** AWS, GCP, Scaleway; and 169.254.169.254 as others spell it in IPv6. */
const metadataIpv6: readonly string[] = [
  ...['fd00:ec2::/32', 'fd20:ce::/32', 'fd00:42::42/128', 'fd00:a9fe:a9fe::/48', 'fe80::a9fe:a9fe/128'],
];

const loopbackIpv4: readonly string[] = ['127.0.0.0/8', '0.0.0.0/8'];

const special = blocks([...specialIpv4, ...specialIpv6]);
const global = blocks([globalIpv6]);
const metadata = blocks([...metadataIpv4, ...metadataIpv4.flatMap(inIpv6), ...metadataIpv6]);
const loopback = blocks([...loopbackIpv4, ...loopbackIpv4.flatMap(inIpv6), '::/127']);

/** Whether an address is one of the public internet. What is no address is none of it. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !special.check(address);
  return version === 6 && global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** Whether a cloud's metadata service answers there, IPv4 within IPv6 included. */
export const isMetadataAddress = (address: string): boolean => isIn(metadata, address);

/** Whether it is this machine by any spelling: 127/8, ::1, and 0.0.0.0 and ::, which reach it as well. */
export const isLoopbackAddress = (address: string): boolean => isIn(loopback, address);

function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function blocks(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', length] = subnet.split('/');
    list.addSubnet(address, Number(length), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** An IPv4 block as IPv6 carries it: compatible, translated, NAT64 and 6to4. Mapped ones `BlockList` knows itself. */
function inIpv6(subnet: string): string[] {
  const [address = '', length] = subnet.split('/');
  const bytes = address.split('.').map(Number);
  const hex = [0, 2].map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16)).join(':');
  const tails = ['::', '::ffff:0:', '64:ff9b::', '64:ff9b:1::'].map((prefix) => `${prefix}${hex}`);
  return [...tails.map((tail) => `${tail}/${96 + Number(length)}`), `2002:${hex}::/${16 + Number(length)}`];
}
