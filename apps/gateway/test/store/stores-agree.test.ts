import { join } from 'node:path';
import { it } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { agreesWithMemory } from './support/agrees-with-memory.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

it('[G2] the SQLite store and the memory store agree on any sequence of calls', async () => {
  const folder = temporaryFolder();
  let run = 0;
  await agreesWithMemory(() => {
    run += 1;
    return openSqliteStore({ path: join(folder, `${run}.db`), clock: systemClock });
  }, 60);
});
