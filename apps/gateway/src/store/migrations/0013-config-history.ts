import { migration } from './migration.ts';

/** Configurations that were in force. The settings themselves are sealed by a key that is not in the database. */
const statements = [
  `create table config_history (
    version integer primary key autoincrement,
    time integer not null,
    actor text,
    origin text not null,
    changes text not null,
    sealed text not null
  ) strict`,
];

export const configHistory = migration(statements);
