import { migration } from './migration.ts';

/** Sessions that were put away: they are kept, and not in the list. */
const statements = [`alter table sessions add column is_archived integer not null default 0`];

export const archivedSessions = migration(statements);
