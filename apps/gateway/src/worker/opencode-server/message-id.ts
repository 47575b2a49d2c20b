import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';

/**
 * An id for a prompt that OpenCode accepts and that sorts before everything made after it: `msg_`, 12 hex digits of the
 * time in ms × 4096, 14 letters and digits (its own scheme, observed with 1.18.33). Sent twice, it is the same prompt.
 */
export function newMessageId(clock: Clock, ids: Ids): string {
  const time = (BigInt(clock.now()) * 4_096n) & 0xffff_ffff_ffffn;
  const letters = ids.uuid().replaceAll('-', '').slice(0, 14);
  return `msg_${time.toString(16).padStart(12, '0')}${letters}`;
}
