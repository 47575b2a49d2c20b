import { migration } from './migration.ts';

/** The code of the newest sign-in link, so that a command beside the gateway can make one. */
const statements = [
  `create table sign_in_codes (
    digest text primary key,
    expires_at integer not null
  ) strict`,
];

export const signInCodes = migration(statements);
