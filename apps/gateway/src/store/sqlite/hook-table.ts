import type { HookDelivery, HookOutbox, NewHookDelivery } from '../../ground/hook-delivery.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';

/** Of one target. */
export const mostDead = 1_000;
export const mostWaiting = 10_000;
export const tooManyWait = 'too many wait for this receiver, which takes none';
const columns =
  'id, target, session_id as sessionId, event_id as eventId, message, state, attempts, due_at as dueAt, problem';

/** The table `hook_deliveries` of a database. */
export type HookTable = HookOutbox & {
  /** Within the transaction of what is told. */
  append(delivery: NewHookDelivery, now: number): void;
};

/** Prepares what a gateway does with the table. */
export function createHookTable(connection: SqliteConnection, access: DatabaseAccess): HookTable {
  const insert = connection.prepare<NewHookDelivery & { now: number }>(
    `insert into hook_deliveries (target, session_id, event_id, message, state, attempts, due_at)
     values (:target, :sessionId, :eventId, :message, 'waiting', 0, :now)`,
  );
  const next = connection.prepare<[string], HookDelivery>(
    `select ${columns} from hook_deliveries where target = ? and state = 'waiting' order by due_at, id limit 1`,
  );
  const remove = connection.prepare<[number]>('delete from hook_deliveries where id = ?');
  const postpone = connection.prepare<[number, string, number]>(
    'update hook_deliveries set attempts = attempts + 1, due_at = ?, problem = ? where id = ?',
  );
  const bury = connection.prepare<[string, number]>(
    `update hook_deliveries set state = 'dead', attempts = attempts + 1, problem = ? where id = ?`,
  );
  const trim = connection.prepare<[number]>(
    `delete from hook_deliveries where id in (
       select id from hook_deliveries where state = 'dead'
         and target = (select target from hook_deliveries where id = ?)
       order by id desc limit -1 offset ${mostDead})`,
  );
  const buryStrangers = connection.prepare<[string, string]>(
    `update hook_deliveries set state = 'dead', problem = ?
     where state = 'waiting' and target not glob 'push:*' and target not in (select value from json_each(?))`,
  );
  const overflow = connection.prepare<{ id: number; problem: string }>(
    `update hook_deliveries set state = 'dead', problem = :problem where id in (
       select id from hook_deliveries where state = 'waiting'
         and target = (select target from hook_deliveries where id = :id)
       order by id desc limit -1 offset ${mostWaiting})`,
  );
  // What died after its session was deleted.
  const forgetOrphans = connection.prepare(
    `delete from hook_deliveries where state = 'dead'
       and not exists (select 1 from sessions where sessions.id = session_id)`,
  );
  const devices = connection
    .prepare<[], string>(
      `select distinct target from hook_deliveries where state = 'waiting' and target glob 'push:*'`,
    )
    .pluck();
  const dead = connection.prepare<[], HookDelivery>(
    `select ${columns} from hook_deliveries where state = 'dead' order by id`,
  );
  const revive = connection.prepare<[number, number]>(
    `update hook_deliveries set state = 'waiting', attempts = 0, due_at = ? where id = ? and state = 'dead'`,
  );
  function settle(id: number): void {
    trim.run(id);
    forgetOrphans.run();
  }

  return {
    append: (delivery, now) => void insert.run({ ...delivery, now }),
    nextDelivery: (target) => access.read(() => next.get(target)),
    forgetDelivery: (id) => access.write(() => void remove.run(id)),
    postponeDelivery: (id, dueAt, problem) =>
      access.write(() => {
        postpone.run(dueAt, problem, id);
        if (overflow.run({ id, problem: tooManyWait }).changes > 0) settle(id);
      }),
    buryDelivery: (id, problem) =>
      access.write(() => {
        bury.run(problem, id);
        settle(id);
      }),
    buryStrangers: (targets, problem) =>
      access.write(() => {
        buryStrangers.run(problem, JSON.stringify(targets));
        forgetOrphans.run();
      }),
    pushTargets: () => access.read(() => devices.all()),
    deadDeliveries: () => access.read(() => dead.all()),
    reviveDelivery: (id, now) => access.write(() => revive.run(now, id).changes > 0),
  };
}
