import { migration } from './migration.ts';

/**
 * What gateways need that share a database: only PostgreSQL has this. `session_owners` says which life of which node works
 * for a session. Whoever takes one over raises its fence by one and sets `written` to 0, in one statement that names the
 * fence before; `written` is the number of its last write to the session. `workspace` is the disk that its work dir is on.
 * A session that no cluster has seen yet has no row. `cluster_name` has the one cluster that the database is of.
 */
export const cluster = migration([
  {
    postgres: `create table session_owners (
      session_id text collate "C" primary key,
      life text collate "C",
      fence bigint not null,
      written bigint not null default 0,
      workspace text not null
    )`,
  },
  { postgres: 'create index session_owners_by_life on session_owners (life)' },
  { postgres: `alter table config_history add column node text not null default ''` },
  // Which gateway delivers to a receiver of hooks, and until when the others leave it to that one, Unix milliseconds.
  {
    postgres:
      'create table hook_targets (target text primary key, holder text not null, until bigint not null)',
  },
  {
    postgres: `create table cluster_name (
      is_only boolean primary key default true check (is_only),
      name text not null
    )`,
  },
]);
