import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { storeContract } from '../contracts/store-contract.ts';
import { filesWith } from './support/files-with.ts';
import { eventRecords, inputRecord, interactionRecord, sessionRecord } from './support/records.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const open = (path: string) => openSqliteStore({ path, clock: systemClock });

describe('SQLite store', () => {
  storeContract(() => open(join(temporaryFolder(), 'hotplex.db')));

  it('keeps everything when it is opened again', async () => {
    const path = join(temporaryFolder(), 'hotplex.db');
    const first = await open(path);
    first.create(sessionRecord({ config: { model: 'opus' } }), {
      events: eventRecords(1, 3),
      session: { title: 'kept', turn: { id: 'turn_1', firstSeq: 2 } },
      inputs: [inputRecord('i')],
      interactions: [interactionRecord('p')],
    });
    first.saveRefresh({
      digest: 'd',
      subject: 'alice',
      role: 'driver',
      signedInAt: 0,
      endsAt: null,
      expiresAt: 5_000,
    });
    first.revokeToken('jti', 5_000);
    const session = first.find('session-1');
    first.close();

    const second = await open(path);
    expect(second.find('session-1')).toEqual(session);
    expect(second.events('session-1', 0, 10)).toEqual(eventRecords(1, 3));
    expect(second.inputs('session-1', ['queued'])).toEqual([inputRecord('i')]);
    expect(second.openInteractions('session-1')).toEqual([interactionRecord('p')]);
    expect(second.takeRefresh('d')?.subject).toBe('alice');
    expect(second.isRevoked('jti')).toBe(true);
    second.close();
  });

  it('[G1] leaves nothing behind of a commit that fails in the middle', async () => {
    const store = await open(join(temporaryFolder(), 'hotplex.db'));
    store.create(sessionRecord());
    const notJson = interactionRecord('p', { request: { id: 'p', big: 1n } });
    const commit = () =>
      store.commit(
        'session-1',
        {
          events: eventRecords(1, 3),
          session: { title: 'never' },
          inputs: [inputRecord('i')],
          interactions: [notJson],
        },
        2_000,
      );
    expect(commit).toThrow(expect.objectContaining({ code: 'INTERNAL_ERROR' }));
    expect(store.find('session-1')).toEqual(sessionRecord());
    expect(store.events('session-1', 0, 10)).toEqual([]);
    expect(store.inputs('session-1', ['queued'])).toEqual([]);
    store.commit('session-1', { events: eventRecords(1, 1) }, 3_000);
    expect(store.find('session-1')?.lastSeq).toBe(1);
    store.close();
  });

  it('writes ten thousand events and replays them by pages', async () => {
    const store = await open(join(temporaryFolder(), 'hotplex.db'));
    store.create(sessionRecord());
    for (let first = 1; first <= 10_000; first += 50) {
      store.commit('session-1', { events: eventRecords(first, first + 49) }, first);
    }
    let expected = 1;
    for (let page = store.events('session-1', 0, 512); page.length > 0; ) {
      for (const { seq } of page) expect(seq).toBe(expected++);
      page = store.events('session-1', expected - 1, 512);
    }
    expect(expected).toBe(10_001);
    store.close();
  });

  it('[L3] is readable by its owner only, the log and a file that was open to others included', async () => {
    const folder = join(temporaryFolder(), 'made', 'for it');
    const path = join(folder, 'hotplex.db');
    (await open(path)).close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    chmodSync(path, 0o644);
    const store = await open(path);
    store.create(sessionRecord());
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    expect(Object.fromEntries(modes)).toEqual({
      'hotplex.db': 0o600,
      'hotplex.db-shm': 0o600,
      'hotplex.db-wal': 0o600,
      'hotplex.db.lock': 0o600,
    });
    store.close();
  });

  it('[L3] leaves nothing of a removed session in its files', async () => {
    const folder = temporaryFolder();
    const store = await open(join(folder, 'hotplex.db'));
    const secret = 'the-text-that-must-go';
    const filesWithSecret = () => filesWith(folder, secret);
    store.create(sessionRecord(), {
      events: eventRecords(1, 500).map((event) => ({ ...event, data: `{"content":"${secret}"}` })),
      inputs: [inputRecord('i', { content: secret })],
    });
    expect(filesWithSecret()).not.toEqual([]);
    store.remove('session-1');
    expect(filesWithSecret()).toEqual([]);
    store.close();
    expect(filesWithSecret()).toEqual([]);
  });

  it('opens at a path with characters that mean something in a URL', async () => {
    const path = join(temporaryFolder(), 'a b#c?d%20e=é', 'hotplex?.db');
    const first = await open(path);
    first.create(sessionRecord());
    first.close();
    const second = await open(path);
    expect(second.find('session-1')).toBeDefined();
    second.close();
    expect(existsSync(path)).toBe(true);
  });
});
