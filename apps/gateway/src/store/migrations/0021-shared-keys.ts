import { migration } from './migration.ts';

/**
 * Keys that all nodes of a cluster have, each sealed with what follows from the cluster's secret: only PostgreSQL has this.
 * `changed_at` is in Unix milliseconds.
 */
export const sharedKeys = migration([
  {
    postgres: `create table shared_keys (
      name text collate "C" primary key,
      sealed text not null,
      changed_at bigint not null
    )`,
  },
]);
