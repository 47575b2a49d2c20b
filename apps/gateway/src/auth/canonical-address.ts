import { isIPv4, isIPv6 } from 'node:net';

/**
 * One name for one peer, however its address is spelled: IPv4 inside IPv6 is folded, zones are cut off, and an IPv6
 * peer is its /64 network, because whoever has one address there has all of them (A6). Never throws.
 */
export function canonicalAddress(address: string | undefined): string {
  const plain = (address ?? '').replace(/%.*$/, '').toLowerCase();
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return 'unknown';
  const groups = groupsOf(plain);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return groups.slice(6).flatMap(bytesOf).join('.');
  if (groups.slice(0, 7).every((group) => group === 0)) return `::${toText(groups.slice(7))}`;
  return `${toText(groups.slice(0, 4))}::/64`;
}

/** The eight 16-bit groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const dotted = address.replace(/\d+\.\d+\.\d+\.\d+$/, (ipv4) => {
    const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = '', tail] = dotted.split('::');
  const start = parseGroups(head);
  const end = parseGroups(tail ?? '');
  const gap = tail === undefined ? 0 : 8 - start.length - end.length;
  return [...start, ...Array.from({ length: gap }, () => 0), ...end];
}

const parseGroups = (text: string) =>
  text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
const bytesOf = (group: number) => [group >> 8, group & 0xff];
const toText = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(':');
