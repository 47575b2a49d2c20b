import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const backup = {
  name: 'backup',
  group: 'gateway',
  purpose: 'copy the database file, also while the gateway runs',
  words: 'NEW-FILE',
  options: { ...jsonOption, ...configOption },
  examples: [['backup /backups/hotplex.db', 'checked, and readable by you alone']],
  notes: ['It overwrites nothing. To restore, see docs/operations.md. PostgreSQL is backed up with pg_dump.'],
} as const satisfies CommandDescription;
