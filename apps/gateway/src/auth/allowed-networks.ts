import { BlockList, isIP } from 'node:net';
import { StartError } from '../ground/start-error.ts';

/**
 * Whether requests from an address are taken, given networks such as `10.0.0.0/8` or single addresses; no networks: all
 * are. What a proxy says of the address is not believed. `setting` is named in messages. Throws StartError.
 */
export function createAllowedNetworks(
  networks: readonly string[],
  setting: string,
): (address: string | undefined) => boolean {
  if (networks.length === 0) return () => true;
  const list = new BlockList();
  for (const network of networks) add(list, network, setting);
  return (address) => {
    // NOTE: Node itself finds an IPv4 address inside an IPv6 one among the IPv4 networks.
    const plain = (address ?? '').replace(/%.*$/, '');
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}

function add(list: BlockList, network: string, setting: string): void {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(network.trim());
  const address = match?.[1] ?? '';
  const family = isIP(address);
  const longest = family === 6 ? 128 : 32;
  const prefix = Number(match?.[2] ?? longest);
  if (family === 0 || prefix > longest)
    throw new StartError(
      `${setting}: ${network} is no network: write an address and how many of its bits count, such as 10.0.0.0/8`,
    );
  list.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
}
