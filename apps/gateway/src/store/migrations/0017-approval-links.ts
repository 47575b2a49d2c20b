import { migration } from './migration.ts';

/** Links to answer one request, which go with their session; and when a request was decided, for those who come late. */
const statements = [
  `create table approval_links (
    digest text primary key,
    session_id text not null references sessions on delete cascade,
    request_id text not null,
    hook text not null,
    created_at integer not null,
    expires_at integer not null
  ) strict, without rowid`,
  `create index approval_links_by_session on approval_links (session_id)`,
  `alter table interactions add column resolved_at integer`,
];

export const approvalLinks = migration(statements);
