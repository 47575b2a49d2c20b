import { migration } from './migration.ts';

/**
 * Sessions, their logs and what sign-in remembers.
 * NOTE: `config` has a table of its own because SQLite rewrites a whole row on every update: a long system prompt
 * would be written again with each event. `position` keeps the order of acceptance where two rows share a millisecond.
 */
const statements = [
  `create table sessions (
    id text primary key,
    owner_id text not null,
    bot_id text,
    worker_type text not null,
    client_key text not null,
    title text,
    work_dir text not null,
    state text not null,
    native_session_id text,
    epoch text not null,
    last_seq integer not null,
    turn_id text,
    turn_first_seq integer,
    totals text not null,
    created_at integer not null,
    updated_at integer not null
  ) strict, without rowid`,
  `create index sessions_by_owner on sessions (owner_id, updated_at, id)`,

  `create table session_configs (
    session_id text primary key references sessions on delete cascade,
    config text not null
  ) strict, without rowid`,

  `create table events (
    session_id text not null references sessions on delete cascade,
    seq integer not null,
    id text not null,
    type text not null,
    turn_id text,
    timestamp integer not null,
    data text not null,
    primary key (session_id, seq)
  ) strict, without rowid`,

  `create table inputs (
    position integer primary key,
    session_id text not null references sessions on delete cascade,
    input_id text not null,
    body_hash text not null,
    content text not null,
    parts text,
    author text not null,
    delivery text not null,
    status text not null,
    turn_id text,
    created_at integer not null,
    unique (session_id, input_id)
  ) strict`,
  `create index inputs_by_status on inputs (session_id, status)`,

  `create table interactions (
    position integer primary key,
    session_id text not null references sessions on delete cascade,
    id text not null,
    kind text not null,
    turn_id text,
    request text not null,
    status text not null,
    resolution text,
    deadline_at integer not null,
    created_at integer not null,
    unique (session_id, id)
  ) strict`,
  `create index open_interactions on interactions (session_id) where status = 'open'`,

  `create table refresh_tokens (
    digest text primary key,
    subject text not null,
    expires_at integer not null
  ) strict, without rowid`,

  `create table revoked_tokens (
    jti text primary key,
    expires_at integer not null
  ) strict, without rowid`,
];

export const firstSchema = migration(statements);
