import type { HookDelivery, HookOutbox } from '../../ground/hook-delivery.ts';
import { mostDead, mostWaiting, tooManyWait } from '../sqlite/hook-table.ts';
import type { AppendParts } from './append-part.ts';
import type { PostgresAccess, Statement } from './postgres-access.ts';

const columns = `id, target, session_id as "sessionId", event_id as "eventId", message, state, attempts,
  due_at as "dueAt", problem`;
/** What died after its session was deleted. */
const forgetOrphans: Statement = {
  text: `delete from hook_deliveries where state = 'dead'
    and not exists (select 1 from sessions where sessions.id = session_id)`,
};

/** The oldest of one state beyond the newest `kept`, of the target that `$1` is for. */
const beyond = (state: HookDelivery['state'], kept: number) =>
  `select id from hook_deliveries where state = '${state}'
     and target = (select target from hook_deliveries where id = $1)
   order by id desc offset ${kept}`;

/** Keeps of the dead what may be kept, after this one has died. */
const settle = (id: number): Statement[] => [
  { text: `delete from hook_deliveries where id in (${beyond('dead', mostDead)})`, values: [id] },
  forgetOrphans,
];

/** Appends what goes with steps of sessions, in order. */
export const deliveriesPart: AppendParts['deliveries'] = (rows) => (place) => {
  const values = [
    `${place(rows.map(({ sessionId }) => sessionId))}::text[]`,
    `${place(rows.map(({ now }) => now))}::bigint[]`,
    `${place(rows.map(({ value }) => value.target))}::text[]`,
    `${place(rows.map(({ value }) => value.sessionId))}::text[]`,
    `${place(rows.map(({ value }) => value.eventId))}::text[]`,
    `${place(rows.map(({ value }) => value.message))}::text[]`,
  ];
  return [
    `told as (
      insert into hook_deliveries (target, session_id, event_id, message, state, attempts, due_at)
      select target, about, event_id, message, 'waiting', 0, now
      from unnest(${values.join(', ')}) with ordinality
        as given (session_id, now, target, about, event_id, message, nth)
      join stored using (session_id)
      order by nth)`,
  ];
};

/** The table `hook_deliveries` of a database. */
export function createHookTable(access: PostgresAccess): HookOutbox {
  return {
    nextDelivery(target) {
      const text = `select ${columns} from hook_deliveries where target = $1 and state = 'waiting'
        order by due_at, id limit 1`;
      return access.read<HookDelivery>({ text, values: [target] })[0];
    },
    forgetDelivery(id) {
      access.write([{ text: 'delete from hook_deliveries where id = $1', values: [id] }]);
    },
    postponeDelivery(id, dueAt, problem) {
      access.write([
        {
          text: 'update hook_deliveries set attempts = attempts + 1, due_at = $2, problem = $3 where id = $1',
          values: [id, dueAt, problem],
        },
        {
          text: `update hook_deliveries set state = 'dead', problem = $2
            where id in (${beyond('waiting', mostWaiting)})`,
          values: [id, tooManyWait],
        },
        ...settle(id),
      ]);
    },
    buryDelivery(id, problem) {
      const text = `update hook_deliveries set state = 'dead', attempts = attempts + 1, problem = $2 where id = $1`;
      access.write([{ text, values: [id, problem] }, ...settle(id)]);
    },
    buryStrangers(targets, problem) {
      const text = `update hook_deliveries set state = 'dead', problem = $2
        where state = 'waiting' and not starts_with(target, 'push:') and target <> all ($1::text[])`;
      access.write([{ text, values: [[...targets], problem] }, forgetOrphans]);
    },
    pushTargets() {
      const text = `select distinct target from hook_deliveries
        where state = 'waiting' and starts_with(target, 'push:')`;
      return access.read<{ target: string }>({ text }).map(({ target }) => target);
    },
    deadDeliveries: () =>
      access.read<HookDelivery>({
        text: `select ${columns} from hook_deliveries where state = 'dead' order by id`,
      }),
    reviveDelivery(id, now) {
      const text = `update hook_deliveries set state = 'waiting', attempts = 0, due_at = $2
        where id = $1 and state = 'dead' returning id`;
      return (access.write([{ text, values: [id, now] }])[0] ?? []).length > 0;
    },
  };
}
