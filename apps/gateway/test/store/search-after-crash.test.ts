import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { eventRecord, sessionRecord } from './support/records.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** The index does one piece of work in each. */
const pieceMs = 5;

test('[G1] wherever the index was interrupted, everything is found, and once', async () => {
  const path = join(temporaryFolder(), 'hotplex.db');
  /** One life of a gateway that ends after so many pieces. */
  const live = async (pieces: number) => {
    const clock = createManualClock();
    const store = await openSqliteStore({ path, clock });
    for (let done = 0; done < pieces; done += 1) clock.advance(pieceMs);
    return store;
  };
  const first = await live(0);
  first.create(sessionRecord({ title: 'a title with needle' }));
  const text = (id: number) => `needle ${id} ${'hay '.repeat(3_000)}`;
  const events = Array.from({ length: 12 }, (_, id) => [
    ['message.start', { id: `m${id}`, role: 'assistant' }],
    ['message.delta', { message_id: `m${id}`, content: text(id) }],
    ['message.end', { message_id: `m${id}` }],
  ]).flat();
  first.commit(
    'session-1',
    {
      events: events.map(([type, data], index) =>
        eventRecord(index + 1, { type: String(type), data: JSON.stringify(data) }),
      ),
    },
    2_000,
  );
  first.close();
  for (let pieces = 1; pieces <= 30; pieces += 1) (await live(pieces)).close();
  const store = await live(0);
  const { hits, next } = store.search({ ownerId: 'alice', text: 'needle', limit: 100 });
  store.close();
  expect(next).toBeNull();
  expect(hits.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual([
    0,
    ...Array.from({ length: 12 }, (_, id) => 3 * id + 1),
  ]);
});
