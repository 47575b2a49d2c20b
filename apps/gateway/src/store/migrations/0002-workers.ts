import { migration } from './migration.ts';

/** Processes that outlive the gateway, what they may have to be told again, and sessions that branch off others. */
const statements = [
  `create table workers (
    session_id text primary key references sessions on delete cascade,
    process text not null,
    digested integer not null,
    turn_id text
  ) strict, without rowid`,
  // Apart, since it is longer and changes less often than the rest.
  `create table worker_memories (
    session_id text primary key references workers on delete cascade,
    memory text not null
  ) strict, without rowid`,
  `alter table interactions add column answer text`,
  `alter table sessions add column fork_of text`,
  // What a start has to look at, however many sessions there are.
  `create index running_sessions on sessions (id) where state = 'running'`,
  `create index queued_inputs on inputs (session_id) where status = 'queued'`,
];

export const workers = migration(statements);
