/** One name for one peer: IPv4 inside IPv6 is folded, zones are cut off (requirement A6). */
export function canonicalAddress(address: string | undefined): string {
  const plain = (address ?? 'unknown').replace(/%.*$/, '').toLowerCase();
  return plain.replace(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/, '$1');
}
