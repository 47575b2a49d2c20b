import type { Clock } from '../../ground/clock.ts';
import { createLineLimit } from '../../ground/line-limit.ts';
import type { Logger } from '../../ground/logger.ts';

/**
 * Says from where links come that are not good. Any page of the web can have its visitors ask for one, so it is a line now
 * and then and no record of the audit log, which nobody shall be able to fill.
 */
export function createStrangerLog({ clock, logger }: { clock: Clock; logger: Logger }) {
  const mayTell = createLineLimit(clock);
  return (refused: { peer: string; reason: string }): void => {
    if (mayTell(JSON.stringify(refused))) logger.warn(refused, 'an approval link was refused');
  };
}
