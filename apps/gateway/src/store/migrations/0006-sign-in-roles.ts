import { migration } from './migration.ts';

/** What somebody signed in as, and when he has to sign in anew however often he refreshes. */
const statements = [
  `alter table refresh_tokens add column role text not null default 'driver'`,
  `alter table refresh_tokens add column ends_at integer`,
];

export const signInRoles = migration(statements);
