import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { SessionStore } from '../../src/store/store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { filesWith } from './support/files-with.ts';
import { eventRecord, sessionRecord } from './support/records.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** Letters that nothing else is written in, and the part of them that the index cannot shorten. */
const secret = '𐌰𐌱𐌲𐌳𐌴𐌵';
const piece = '𐌱𐌲';

async function openStore(folder: string) {
  const clock = createManualClock();
  const store = await openSqliteStore({ path: join(folder, 'hotplex.db'), clock });
  onTestFinished(() => store.close());
  return { store, settle: () => clock.advance(60_000) };
}

function say(store: SessionStore, id: string, texts: readonly string[]): void {
  store.create(sessionRecord({ id }), {
    events: texts.map((content, index) =>
      eventRecord(index + 1, { type: 'input', data: JSON.stringify({ input_id: `${index}`, content }) }),
    ),
  });
}

const find = (store: SessionStore, text: string) => store.search({ ownerId: 'alice', text, limit: 99 }).hits;

function deleteInParts(store: SessionStore, id: string): void {
  store.commit(id, { session: { state: 'deleted' } }, 2_000);
  while (!store.removePart(id, 100));
}

describe('words of a deleted session', () => {
  it.each([
    ['part by part', deleteInParts],
    ['at once', (store: SessionStore, id: string) => store.remove(id)],
  ])('[L3] leave the search index too, removed %s, and those of others stay', async (_, remove) => {
    const folder = temporaryFolder();
    const { store, settle } = await openStore(folder);
    say(store, 'kept', ['a needle that stays']);
    say(
      store,
      'gone',
      Array.from({ length: 50 }, (_unused, index) => `${index} ${secret} needle`),
    );
    settle();
    expect(find(store, secret)).toHaveLength(50);
    remove(store, 'gone');
    expect(filesWith(folder, secret)).toEqual([]);
    expect(filesWith(folder, piece)).not.toEqual([]);
    settle();
    expect(filesWith(folder, piece)).toEqual([]);
    expect(find(store, 'needle').map(({ sessionId }) => sessionId)).toEqual(['kept']);
  });

  it('[L3] leave it after a restart, if the gateway ended before', async () => {
    const folder = temporaryFolder();
    const first = await openStore(folder);
    say(first.store, 'gone', [secret]);
    first.settle();
    deleteInParts(first.store, 'gone');
    first.store.close();
    expect(filesWith(folder, piece)).not.toEqual([]);
    const second = await openStore(folder);
    second.settle();
    expect(filesWith(folder, piece)).toEqual([]);
  });

  it('[L3] leave it also when more is said and deleted meanwhile', async () => {
    const folder = temporaryFolder();
    const clock = createManualClock();
    const store = await openSqliteStore({ path: join(folder, 'hotplex.db'), clock });
    for (let round = 0; round < 20; round += 1) {
      say(
        store,
        `gone-${round}`,
        Array.from({ length: 8 }, (_, index) => `${secret} ${round} ${index}`),
      );
      say(store, `kept-${round}`, [`needle ${round}`]);
      clock.advance(5 * round);
      deleteInParts(store, `gone-${round}`);
      clock.advance(5 * round);
    }
    clock.advance(60_000);
    expect(filesWith(folder, piece)).toEqual([]);
    expect(find(store, 'needle')).toHaveLength(20);
    store.close();
  });
});

it('[L3] the space of what was deleted goes back to the file system', async () => {
  const folder = temporaryFolder();
  const { store, settle } = await openStore(folder);
  const size = () => statSync(join(folder, 'hotplex.db')).size;
  say(store, 'kept', ['stays']);
  settle();
  say(
    store,
    'big',
    Array.from({ length: 200 }, (_, index) => `${index} ${'lorem ipsum '.repeat(800)}`),
  );
  settle();
  deleteInParts(store, 'big');
  // So long a log is put into the database by a thread, whose time no clock of ours turns.
  await vi.waitFor(() => expect(size()).toBeGreaterThan(2_000_000), { timeout: 20_000 });
  settle();
  await vi.waitFor(() => expect(size()).toBeLessThan(300_000), { timeout: 20_000 });
  expect(find(store, 'stays')).toHaveLength(1);
});

it('what was said before there was a search is read afterwards', async () => {
  const folder = temporaryFolder();
  const first = await openStore(folder);
  say(first.store, 'old', ['a needle']);
  first.store.close();
  const second = await openStore(folder);
  expect(find(second.store, 'needle')).toHaveLength(1);
});
