import { migration } from './migration.ts';

/** Whose a credential is and since when: all of a user's can be ended at once, and a key's name can be used again. */
const statements = [
  `create table revoked_subjects (
    subject text primary key,
    until integer not null
  ) strict, without rowid`,
  `alter table refresh_tokens add column signed_in_at integer not null default 0`,
  `alter table api_keys add column subject text not null default ''`,
  `update api_keys set subject = 'key:' || name`,
];

export const credentialOwners = migration(statements);
