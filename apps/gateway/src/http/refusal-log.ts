import type { Clock } from '../ground/clock.ts';
import { createLineLimit } from '../ground/line-limit.ts';
import type { Logger } from '../ground/logger.ts';

export type RefusedRequest = {
  status: number;
  reason: string;
  /** What the guard judged by, as it was sent. */
  host: unknown;
  origin: unknown;
};

const longestValue = 128;

/**
 * Says which requests the guard turned away: for an operator who forgot a name in the configuration, and for one whom a
 * page attacks. Each host and origin is told once a minute, and few of them; the address asked for is not (it may carry a
 * credential).
 */
export function createRefusalLog({ clock, logger }: { clock: Clock; logger: Logger }) {
  const mayTell = createLineLimit(clock);
  return ({ status, reason, ...sent }: RefusedRequest): void => {
    const host = shorten(sent.host);
    const origin = shorten(sent.origin);
    const refused = { status, reason, host, origin };
    if (mayTell(JSON.stringify(refused))) logger.warn(refused, 'a request was refused at the door');
  };
}

function shorten(value: unknown): string | null {
  return value === undefined ? null : String(value).slice(0, longestValue);
}
