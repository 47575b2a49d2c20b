import type { HookOutbox } from '../../ground/hook-delivery.ts';
import type { PostgresAccess } from './postgres-access.ts';

/** Longer than an attempt takes, milliseconds: whoever dies in the middle of one keeps the others waiting so long. */
const holdMs = 120_000;

/** By the clock of the database: those of the gateways may differ by more than that. */
const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

const take = `insert into hook_targets (target, holder, until) values ($1, $2, ${now} + ${holdMs})
  on conflict (target) do update set holder = excluded.holder, until = excluded.until
    where hook_targets.holder = excluded.holder or hook_targets.until < ${now}
  returning target`;
const leave = 'delete from hook_targets where target = $1 and holder = $2';

/** Lets one of several gateways at a time deliver to a receiver: to each, `holder` is another word. */
export function createSharedHookTargets(
  access: PostgresAccess,
  holder: string,
): Required<Pick<HookOutbox, 'takeTarget' | 'leaveTarget'>> {
  return {
    takeTarget: (target) => (access.write([{ text: take, values: [target, holder] }])[0] ?? []).length > 0,
    leaveTarget(target) {
      access.write([{ text: leave, values: [target, holder] }]);
    },
  };
}
