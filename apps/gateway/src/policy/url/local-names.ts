/** Last labels of names that never belong to the public internet (RFC 6761, RFC 6762, RFC 8375, RFC 9476, and custom). */
const localDomains: readonly string[] = [
  ...['localhost', 'localdomain', 'local', 'internal', 'intranet', 'private', 'corp', 'home', 'lan', 'svc'],
  ...['arpa', 'test', 'invalid', 'onion', 'alt', 'consul', 'kubernetes', 'docker'],
];

/** Public names made to answer with a private address: this machine, or the one that is written in them. */
const pointers: readonly string[] = [
  ...[
    'nip.io',
    'sslip.io',
    'xip.io',
    'traefik.me',
    'backname.io',
    '1u.ms',
    'rbndr.us',
    'localtest.me',
    'lvh.me',
  ],
  ...['vcap.me', 'lacolhost.com', 'localho.st', 'yoogle.com', 'fuf.me', 'fuf.de', 'fuip.de'],
  ...['lndo.site', 'ddev.site', 'local.gd', 'localhost.direct', 'local-ip.co'],
];

/** First labels by which machines of a cloud call its metadata service … */
const metadataLabels = new Set(['metadata', 'instance-data', 'imds', 'rancher-metadata']);

/** … in the domains of these clouds. */
const clouds: readonly string[] = [
  ...[
    'google.com',
    'googleapis.com',
    'goog',
    'amazonaws.com',
    'aws.com',
    'azure.com',
    'azure.net',
    'windows.net',
  ],
  ...['aliyun.com', 'aliyuncs.com', 'alibabacloud.com', 'tencentyun.com', 'tencentcloud.com', 'qcloud.com'],
  ...['oraclecloud.com', 'oraclevcn.com', 'oracle.com', 'packet.net', 'platformequinix.com', 'ibm.com'],
  ...['digitalocean.com', 'huaweicloud.com', 'myhuaweicloud.com', 'hetzner.com', 'hetzner.cloud', 'ovh.net'],
];

/** What is known of a host name without asking for its address. */
export type NameZone = 'public' | 'local' | 'metadata';

/** Sorts a host name, lower case and without its last dot. Names that mean something else inside a network are not public, whatever a resolver says of them. */
export function nameZone(host: string): NameZone {
  const labels = host.split('.');
  const [first = ''] = labels;
  const isMetadata = metadataLabels.has(first);
  if (isMetadata && (labels.length === 1 || isBelow(host, [...clouds, ...localDomains]))) return 'metadata';
  if (isBelow(host, ['metadata.goog', 'ec2.internal', 'compute.internal'])) return 'metadata';
  if (labels.length === 1 || labels.includes('')) return 'local';
  return isBelow(host, localDomains) || isBelow(host, pointers) ? 'local' : 'public';
}

/** Whether the name means this machine itself. */
export const isThisMachine = (host: string): boolean => isBelow(host, ['localhost', 'localhost.localdomain']);

function isBelow(host: string, domains: readonly string[]): boolean {
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
