import { migration } from './migration.ts';

/** Keys of programs. One that was revoked stays, so that what it did can still be told. */
const statements = [
  `create table api_keys (
    id text primary key,
    name text not null,
    digest text not null,
    role text not null,
    created_at integer not null,
    expires_at integer,
    last_used_at integer,
    revoked_at integer
  ) strict, without rowid`,
];

export const apiKeys = migration(statements);
