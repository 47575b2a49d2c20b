import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Browsers that are called by Web Push. With one of them goes what it was still to be told. */
const statements = [
  sql`create table push_devices (
    id text primary key,
    owner_id text not null,
    endpoint text not null unique,
    p256dh text not null,
    auth text not null,
    name text not null,
    language text not null,
    show_title integer not null,
    signed_in_at integer not null,
    created_at integer not null,
    expires_at integer not null
  ) strict`,
  sql`create index push_devices_by_owner on push_devices (owner_id, created_at)`,
  sql`create trigger push_deliveries_removed after delete on push_devices begin
    delete from hook_deliveries where target = 'push:' || old.id;
  end`,
];

export const pushDevices: Migration = {
  async up(database) {
    for (const statement of statements) await statement.execute(database);
  },
};
