import { join } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { withCopiedLog } from '../../src/session/with-copied-log.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { eventRecords, sessionRecord } from '../store/support/records.ts';
import { temporaryFolder } from '../store/support/temporary-folder.ts';

const events = 3_000;
const record = sessionRecord({ id: 'branch', clientKey: 'branch', lastSeq: events, epoch: 'epoch-2' });

async function openLongLog() {
  const store = await openSqliteStore({ path: join(temporaryFolder(), 'hotplex.db'), clock: systemClock });
  onTestFinished(() => store.close());
  store.create(sessionRecord(), { events: eventRecords(1, events) });
  return { store, copied: { store, record, from: 'session-1' } };
}

it('[I5] others have their turn while a long log is copied', async () => {
  const { store, copied } = await openLongLog();
  let rounds = 0;
  let isWhole = false;
  const copying = withCopiedLog({
    ...copied,
    requireStill() {},
    finish: () => store.fork(record, 'session-1', {}),
  }).then(() => {
    isWhole = true;
  });
  for (; !isWhole; rounds += 1) await nextRound();
  await copying;
  expect(rounds).toBeGreaterThanOrEqual(5);
  expect(store.events('branch', 0, events + 1)).toHaveLength(events);
});

it.each(['requireStill', 'finish'] as const)(
  '[I5] nothing is left of a copy whose %s throws',
  async (which) => {
    const { store, copied } = await openLongLog();
    const refuse = () => {
      throw new Error('not any more');
    };
    const nothing = () => {};
    await expect(
      withCopiedLog({ ...copied, requireStill: nothing, finish: nothing, [which]: refuse }),
    ).rejects.toThrow('not any more');
    expect(store.find('branch')).toBeUndefined();
    expect(store.events('branch', 0, 10)).toEqual([]);
    expect(store.events('session-1', 0, events + 1)).toHaveLength(events);
  },
);
