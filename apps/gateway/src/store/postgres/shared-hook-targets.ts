import type { HookOutbox } from '../../ground/hook-delivery.ts';
import type { PostgresAccess } from './postgres-access.ts';

/** Longer than an attempt takes, milliseconds: whoever dies in the middle of one keeps the others waiting so long. */
const holdMs = 120_000;

const take = `insert into hook_targets (target, holder, until) values ($1, $2, $3::bigint + ${holdMs})
  on conflict (target) do update set holder = excluded.holder, until = excluded.until
    where hook_targets.holder = excluded.holder or hook_targets.until < $3::bigint
  returning target`;
const leave = 'delete from hook_targets where target = $1 and holder = $2';

/** Lets one of several gateways at a time deliver to a receiver: to each, `holder` is another word. */
export function createSharedHookTargets(
  access: PostgresAccess,
  holder: string,
): Required<Pick<HookOutbox, 'takeTarget' | 'leaveTarget'>> {
  return {
    takeTarget: (target, now) =>
      (access.write([{ text: take, values: [target, holder, now] }])[0] ?? []).length > 0,
    leaveTarget(target) {
      access.write([{ text: leave, values: [target, holder] }]);
    },
  };
}
