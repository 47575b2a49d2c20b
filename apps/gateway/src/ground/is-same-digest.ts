import { timingSafeEqual } from 'node:crypto';

/** Whether two digests are equal, in a time that does not tell where they differ (A6). */
export function isSameDigest(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
