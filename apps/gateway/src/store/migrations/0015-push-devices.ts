import { migration } from './migration.ts';

/** Browsers that are called by Web Push. With one of them goes what it was still to be told. */
const statements = [
  `create table push_devices (
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
  `create index push_devices_by_owner on push_devices (owner_id, created_at)`,
  // SQLite has such a number of its own.
  { postgres: 'alter table push_devices add column position bigint generated always as identity' },
  {
    sqlite: `create trigger push_deliveries_removed after delete on push_devices begin
      delete from hook_deliveries where target = 'push:' || old.id;
    end`,
    postgres: `create function remove_push_deliveries() returns trigger language plpgsql as $$ begin
        delete from hook_deliveries where target = 'push:' || old.id;
        return null;
      end $$;
      create trigger push_deliveries_removed after delete on push_devices
        for each row execute function remove_push_deliveries()`,
  },
];

export const pushDevices = migration(statements);
