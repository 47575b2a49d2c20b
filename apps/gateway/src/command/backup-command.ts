import { StartError } from '../ground/start-error.ts';
import { expandPath } from '../start-checks.ts';
import { backupDatabase } from '../store/sqlite/backup-database.ts';
import type { RunCommand } from './command.ts';
import { openConfig } from './open-config.ts';
import { readArguments } from './read-arguments.ts';
import { backup } from './table/backup.ts';
import { ProgressBar } from './terminal/progress-bar.ts';

/** Copies the database of the gateway, which may be running. */
export const runBackup: RunCommand = async (args) => {
  const { words, values } = readArguments(backup, args);
  const target = expandPath(words[0] ?? '');
  const { db } = openConfig(values.config).config;
  if (db.url !== undefined)
    throw new StartError(
      'the database is PostgreSQL (db.url): back it up with pg_dump, see docs/operations.md',
    );
  const database = expandPath(db.path);
  const bar = new ProgressBar(process.stderr, 'copying');
  const bytes = await backupDatabase(database, target, (share) => bar.show(share)).finally(() => bar.end());
  if (values.json) console.log(JSON.stringify({ file: target, bytes }));
  else console.log(`${target}: ${bytes} bytes, checked. To restore, see docs/operations.md.`);
  return 0;
};
