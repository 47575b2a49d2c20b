import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/ground/clock.ts';
import { silentLogger } from '../../../src/ground/logger.ts';
import { createAuditTable } from '../../../src/store/sqlite/audit-table.ts';
import { createDatabaseAccess } from '../../../src/store/sqlite/database-access.ts';
import { createHookTable } from '../../../src/store/sqlite/hook-table.ts';
import { openDatabase } from '../../../src/store/sqlite/open-database.ts';
import { createSessionQueries } from '../../../src/store/sqlite/session-queries.ts';
import { createSessionWrites } from '../../../src/store/sqlite/session-writes.ts';
import { createUsageTable } from '../../../src/store/sqlite/usage-table.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import type { SessionStore } from '../../../src/store/store.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A store that will run out of space, and a way to give it more. */
export type SmallDisk = { store: Omit<SessionStore, 'close' | 'search' | 'removePart'>; makeRoom(): void };

/** A real file system of 2 MiB with a file that can be deleted; needs the right to mount. */
async function onTmpfs(): Promise<SmallDisk> {
  const folder = temporaryFolder();
  mountTmpfs(folder);
  onTestFinished(() => void execFileSync('umount', [folder]));
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc(1024 * 1024));
  const store = await openSqliteStore({ path: join(folder, 'hotplex.db'), clock: systemClock });
  onTestFinished(() => store.close());
  return { store, makeRoom: () => rmSync(ballast) };
}

/** A database that may not grow beyond a number of pages; SQLite then reports what it reports on a full disk. */
async function withPageLimit(): Promise<SmallDisk> {
  const { connection, close } = await openDatabase(join(temporaryFolder(), 'hotplex.db'), 'normal');
  onTestFinished(close);
  connection.pragma('max_page_count = 100');
  const access = createDatabaseAccess(connection);
  const store = {
    ...createSessionQueries(connection, access, silentLogger),
    ...createSessionWrites(connection, {
      ...{ access, log: { empty() {} } },
      audit: createAuditTable(connection),
      usage: createUsageTable(connection),
      hooks: createHookTable(connection, access),
    }),
  };
  return { store, makeRoom: () => void connection.pragma('max_page_count = 10000') };
}

function mountTmpfs(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' });
}

/** The ways this machine has to run out of space, by name; in many containers even root may not mount. */
export function smallDisks(): Record<string, () => Promise<SmallDisk>> {
  return { 'page limit': withPageLimit, ...(canMount() && { tmpfs: onTmpfs }) };
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'mount-'));
  try {
    mountTmpfs(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}
