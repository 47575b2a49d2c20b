import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const db = {
  name: 'db',
  group: 'gateway',
  purpose: 'change to PostgreSQL',
  actions: {
    copy: { purpose: 'copy the database file (db.path) into an empty PostgreSQL database (db.url)' },
  },
  options: { ...jsonOption, ...configOption },
  examples: [['db copy', 'while no gateway runs; the file stays as it is']],
  notes: [
    'All of it is copied, and found to be the same row by row, or nothing is: one that was interrupted is run again.',
    'db.url has a password: set HOTPLEX_DB_URL, or write it into the configuration file. See docs/operations.md.',
  ],
} as const satisfies CommandDescription;
