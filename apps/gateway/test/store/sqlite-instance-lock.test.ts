import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { StartError } from '../../src/ground/start-error.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { sessionRecord } from './support/records.ts';
import { startProgram } from './support/start-program.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const open = (path: string) => openSqliteStore({ path, clock: systemClock });
const newPath = () => join(temporaryFolder(), 'hotplex.db');

describe('one gateway per database', () => {
  const taken =
    /another gateway is using .*hotplex\.db; end it with hotplex gateway stop, or set HOTPLEX_DB_PATH/;

  it('[G12] a second one in the same process is refused, and the first goes on', async () => {
    const path = newPath();
    const first = await open(path);
    await expect(open(path)).rejects.toThrow(taken);
    await expect(open(path)).rejects.toThrow(StartError);
    first.create(sessionRecord());
    expect(first.find('session-1')).toBeDefined();
    expect(await startProgram('open-store', path).nextLine()).toMatch(taken);
    first.close();
    (await open(path)).close();
  });

  it('[G12] of several that start at once exactly one runs, on a new database and on an old one', async () => {
    const path = newPath();
    for (let round = 0; round < 2; round += 1) {
      const results = await Promise.allSettled([open(path), open(path), open(path)]);
      const stores = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(stores).toHaveLength(1);
      for (const store of stores) store.close();
    }
  });

  it('[G12] one in another process is noticed, also through a link; its kill -9 leaves nothing to clean up', async () => {
    const path = newPath();
    const link = join(temporaryFolder(), 'hotplex.db');
    const holder = startProgram('open-store', path);
    expect(await holder.nextLine()).toBe('open');
    symlinkSync(path, link);
    await expect(open(path)).rejects.toThrow(taken);
    await expect(open(link)).rejects.toThrow(taken);
    await holder.kill();
    (await open(link)).close();
    (await open(path)).close();
  });

  it('a failed start gives the lock back', async () => {
    const path = newPath();
    writeFileSync(path, 'garbage');
    await expect(open(path)).rejects.toThrow(StartError);
    renameSync(path, `${path}.away`);
    (await open(path)).close();
  });
});
