import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { silentLogger } from '../../src/ground/logger.ts';
import { DatabaseLog } from '../../src/store/sqlite/database-log.ts';
import { openDatabase } from '../../src/store/sqlite/open-database.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const page = 4_096;
/** A thread is started, beside all else that the machine does. */
const patience = { timeout: 20_000 };

/** A database whose log is short, and who writes so many pages to it. */
async function openLog(limits: { due: number; long: number }) {
  const path = join(temporaryFolder(), 'hotplex.db');
  const { connection, file, close } = await openDatabase(path, 'normal');
  const clock = createManualClock();
  const log = new DatabaseLog({
    ...{ connection, path: file, synchronous: 'normal', clock, logger: silentLogger, limits },
  });
  onTestFinished(() => {
    log.close();
    close();
  });
  connection.exec('create table words (word text)');
  const insert = connection.prepare('insert into words values (?)');
  return {
    log,
    write(pages: number) {
      for (let done = 0; done < pages; done += 1) insert.run('x'.repeat(page));
      log.written();
    },
    /** The clock goes on until it is time to look. */
    look: () => clock.advance(1_000),
    state: () => connection.pragma('wal_checkpoint(noop)') as [{ log: number; checkpointed: number }],
    logBytes: () => statSync(`${file}-wal`).size,
  };
}

it('what was written is put into the database by a thread, once it is enough', async () => {
  const { write, look, state } = await openLog({ due: 100, long: 10_000 });
  write(10);
  look();
  expect(state()[0].checkpointed).toBe(0);
  write(100);
  look();
  await vi.waitFor(() => expect(state()[0].checkpointed).toBeGreaterThan(100), patience);
  expect(state()[0].checkpointed).toBe(state()[0].log);
});

it('a log that has become long begins anew, although somebody writes while the thread works', async () => {
  const { write, look, state } = await openLog({ due: 50, long: 100 });
  write(100);
  look();
  // The thread may have put the first of it there by now, or not.
  write(10);
  await vi.waitFor(() => expect(state()[0].checkpointed).toBe(state()[0].log), patience);
  const { log } = state()[0];
  write(1);
  expect(state()[0].log).toBeLessThan(log);
});

it('[L3] a log is emptied at once if it is short, and after the thread if it is long', async () => {
  const { log, write, logBytes } = await openLog({ due: 100, long: 10_000 });
  write(10);
  log.empty();
  expect(logBytes()).toBe(0);
  write(200);
  log.empty();
  await vi.waitFor(() => expect(logBytes()).toBe(0), patience);
});
