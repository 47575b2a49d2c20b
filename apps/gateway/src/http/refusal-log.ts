import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';

export type RefusedRequest = {
  status: number;
  reason: string;
  /** What the guard judged by, as it was sent. */
  host: unknown;
  origin: unknown;
};

const windowMs = 60_000;
/** More lines than these in a window say nothing new, and fill the disk of somebody who is attacked. */
const mostLines = 20;
const longestValue = 128;

/**
 * Says which requests the guard turned away: for an operator who forgot a name in the configuration, and for one whom a
 * page attacks. Each host and origin is told once a minute, and few of them; the address asked for is not (it may carry a
 * credential).
 */
export function createRefusalLog({ clock, logger }: { clock: Clock; logger: Logger }) {
  let since = Number.NEGATIVE_INFINITY;
  const told = new Set<string>();
  return ({ status, reason, ...sent }: RefusedRequest): void => {
    if (clock.elapsed() - since >= windowMs) {
      told.clear();
      since = clock.elapsed();
    }
    const host = shorten(sent.host);
    const origin = shorten(sent.origin);
    const what = JSON.stringify([status, reason, host, origin]);
    if (told.has(what) || told.size >= mostLines) return;
    told.add(what);
    logger.warn({ status, reason, host, origin }, 'a request was refused at the door');
  };
}

function shorten(value: unknown): string | null {
  return value === undefined ? null : String(value).slice(0, longestValue);
}
