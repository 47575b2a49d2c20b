import { migration } from './migration.ts';

/** Links to read a session without a sign-in; they go with it. */
const statements = [
  `create table share_links (
    id text primary key,
    session_id text not null references sessions on delete cascade,
    digest text not null,
    left_out text not null,
    created_at integer not null,
    expires_at integer not null,
    last_used_at integer,
    revoked_at integer
  ) strict, without rowid`,
  `create index share_links_by_session on share_links (session_id, created_at, id)`,
];

export const shareLinks = migration(statements);
