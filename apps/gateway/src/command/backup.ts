import type { Config } from '../config-schema.ts';
import { expandPath } from '../start-checks.ts';
import { backupDatabase } from '../store/sqlite/backup-database.ts';

/** Copies the database of the gateway, which may be running, to `file`. Throws StartError. */
export async function backup(config: Config, file: string): Promise<void> {
  const target = expandPath(file);
  const bytes = await backupDatabase(expandPath(config.db.path), target);
  console.log(`${target}: ${bytes} bytes, checked. To restore, see docs/operations.md.`);
}
