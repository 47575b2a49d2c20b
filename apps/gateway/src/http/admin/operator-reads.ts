import type { Clock } from '../../ground/clock.ts';
import type { AuditedRead } from '../audited.ts';

const onceInMs = 10 * 60_000;

/** What probes ask every few seconds. */
const isWatching = (route: string): boolean => /\/(health|metrics)(\/|$)/.test(route);

/** What operators read is about everybody: each is taken down, but for what probes ask. */
export const isOperatorRead = ({ route }: AuditedRead): boolean => !isWatching(route);

/**
 * The same where operators have pages: one that stays open asks the same again and again, which is taken down once in ten
 * minutes. What is refused is taken down each time.
 */
export function createPageReads(clock: Clock): (read: AuditedRead) => boolean {
  const takenDown = new Map<string, number>();
  return ({ route, path, node, actor, ok }) => {
    if (!route.startsWith('/api/admin/') || isWatching(route)) return false;
    if (!ok) return true;
    const now = clock.elapsed();
    for (const [read, time] of takenDown) if (time + onceInMs <= now) takenDown.delete(read);
    const read = JSON.stringify([actor, path, node]);
    if (takenDown.has(read)) return false;
    takenDown.set(read, now);
    return true;
  };
}
