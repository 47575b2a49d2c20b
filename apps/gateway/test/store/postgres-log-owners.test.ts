import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { StartError } from '../../src/ground/start-error.ts';
import { openPostgresAccess } from '../../src/store/postgres/open-postgres-access.ts';
import { openSharedLog } from '../../src/store/postgres/shared-log.ts';
import type { SharedChange } from '../../src/store/shared-log.ts';
import { TestPostgres } from '../support/postgres.ts';
import { noParts, openPostgresSessions } from './support/postgres-sessions.ts';
import { commit, create, writes } from './support/shared-writes.ts';
import { startProgram } from './support/start-program.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

type Sessions = Awaited<ReturnType<typeof openPostgresSessions>>;

let server: TestPostgres;
let url: string;
let store: Sessions;

beforeAll(async () => {
  server = await TestPostgres.start();
});
afterAll(() => server.remove());
beforeEach(async () => {
  url = await server.emptied();
  store = await openPostgresSessions(url, { lock: 'several' });
  onTestFinished(() => store.close());
});

function openLog(life: string, at = url) {
  const log = openSharedLog({ url: at, life, workspace: 'disk', parts: noParts, limitMs: 4_000 });
  onTestFinished(() => log.close());
  return log;
}

describe('whose the sessions of the shared log are', () => {
  it('makes the node the owner of what begins there, unless it is another’s already', async () => {
    const [first, second] = [openLog('life-1'), openLog('life-2')];
    expect(await first.append(writes('a', 1, [create('a'), commit(1, 1)]))).toEqual(['stored', 'stored']);
    expect(await second.append(writes('a', 1, [create('a')]))).toEqual(['fenced']);
    expect(await first.owners.standing('a')).toEqual({
      exists: true,
      owner: { life: 'life-1', fence: 1, workspace: 'disk' },
    });
  });

  it('a session that was removed can begin again, at whatever node', async () => {
    const [first, second] = [openLog('life-1'), openLog('life-2')];
    await first.append(writes('a', 1, [create('a'), commit(1, 1, { session: { state: 'deleted' } })]));
    expect(store.removePart('a', 100)).toBe(true);
    expect(await second.append(writes('a', 1, [create('a')]))).toEqual(['stored']);
    expect(await first.append(writes('a', 1, [commit(2, 2)], 3))).toEqual(['fenced']);
  });

  it('what a session had under way that was removed is not written to the next one of its id', async () => {
    const log = openLog('life-1');
    await log.append(writes('a', 1, [create('a')]));
    store.remove('a');
    const deleted: SharedChange = { kind: 'commit', now: 3_000, commit: { session: { state: 'deleted' } } };
    const again = [...writes('a', 1, [deleted], 2), ...writes('a', 1, [create('a'), commit(1, 1)])];
    expect(await log.append(again)).toEqual(['fenced', 'stored', 'stored']);
    // As it is when the answer was lost.
    expect(await log.append(again)).toEqual(['fenced', 'stored', 'stored']);
    expect(store.find('a')).toMatchObject({ state: 'created', lastSeq: 1 });
  });

  it('a node that is another life now goes on with what it had, also with what is under way', async () => {
    const log = openLog('life-1');
    await log.append(writes('a', 1, [create('a')]));
    const underWay = log.append(writes('a', 1, [commit(1, 1)], 2));
    const moved = log.owners.move('life-1', 'life-2');
    const after = log.append(writes('a', 1, [commit(2, 2)], 3));
    expect([await underWay, await moved, await after]).toEqual([['stored'], ['a'], ['stored']]);
    expect(await log.append(writes('b', 1, [create('b')]))).toEqual(['stored']);
    expect((await log.owners.ownedBy('life-2')).toSorted()).toEqual(['a', 'b']);
  });

  it('a node goes on under either life when nobody answered whether it is another one now', async () => {
    const folder = temporaryFolder();
    const proxy = startProgram('cutting-proxy', join(folder, '.s.PGSQL.5432'), server.socket);
    expect(await proxy.nextLine()).toBe('ready');
    const log = openLog('life-1', url.replace(/@.*\//, `@${encodeURIComponent(folder)}/`));
    await log.append(writes('a', 1, [create('a')]));
    await expect(log.owners.move('life-1', 'cut-after')).rejects.toMatchObject({ code: 'GATEWAY_OVERLOAD' });
    expect(await log.append(writes('a', 1, [commit(1, 1)], 2))).toEqual(['stored']);
    expect(await log.owners.move('life-1', 'cut-after')).toEqual(['a']);
  });

  it('[G12] a gateway that has the database alone and the log of a node keep each other out', async () => {
    const own = await server.database();
    const alone = await openPostgresAccess({ url: own });
    const log = openLog('life-1', own);
    await expect(log.append(writes('a', 1, [create('a')]))).rejects.toMatchObject({
      code: 'GATEWAY_OVERLOAD',
    });
    alone.close();
    expect(await log.append(writes('a', 1, [create('a')]))).toEqual(['stored']);
    await expect(openPostgresAccess({ url: own })).rejects.toThrow(StartError);
  });

  it('what a dead life has under way is not stored once its sessions are the next one’s', async () => {
    const [dead, next] = [openLog('life-1'), openLog('life-2')];
    await dead.append(writes('a', 1, [create('a')]));
    await next.owners.inherit('life-1', 'life-2');
    expect(await dead.append(writes('a', 1, [commit(1, 1)], 2))).toEqual(['fenced']);
    expect(await next.append(writes('a', 2, [commit(1, 1)]))).toEqual(['stored']);
  });
});
