import { expect, test } from 'vitest';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { Sharing } from '../../src/sharing/sharing.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { sessionRecord } from '../store/support/records.ts';
import { createManualClock } from '../support/manual-clock.ts';

const asked = { lifetimeMs: 1_000, leftOut: [] };
const reading = { after: 0, address: '10.0.0.1' };

function open() {
  const store = createMemoryStore();
  const clock = createManualClock(0);
  store.create(sessionRecord());
  const create = (isEnabled: boolean) =>
    new Sharing({ store, isEnabled, clock, ids: createIds(), audit: { record() {} }, logger: silentLogger });
  return { create, store };
}

test('where the operator does not want links none is made, and those there are open nothing', async () => {
  const { create } = open();
  const { token } = create(true).make('session-1', asked);
  const closed = create(false);
  expect(() => closed.make('session-1', asked)).toThrowError(expect.objectContaining({ code: 'FORBIDDEN' }));
  await expect(closed.read(token, reading)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('a link outlives the gateway that made it', async () => {
  const { create } = open();
  const { token } = create(true).make('session-1', asked);
  expect(await create(true).read(token, reading)).toMatchObject({ page: { frames: [], next: null } });
});

test('of one link one page is read at a time, only so many wait, and none is read when it was revoked', async () => {
  const { create } = open();
  const sharing = create(true);
  const { token, link } = sharing.make('session-1', asked);
  const reads = Array.from({ length: 12 }, () => sharing.read(token, reading));
  sharing.revoke('session-1', link.id);
  const codes = (await Promise.allSettled(reads)).map((read) =>
    read.status === 'fulfilled' ? 'read' : read.reason.code,
  );
  expect(codes).toEqual([...Array(10).fill('UNAUTHORIZED'), 'RATE_LIMITED', 'RATE_LIMITED']);
  const { token: other } = sharing.make('session-1', asked);
  await expect(sharing.read(other, reading)).resolves.toMatchObject({ page: { next: null } });
});

test('a full disk is no reason not to show what is shared', async () => {
  const { create, store } = open();
  const { token } = create(true).make('session-1', asked);
  store.noteShareLinkUse = () => {
    throw new Error('the disk is full');
  };
  await expect(create(true).read(token, reading)).resolves.toMatchObject({ workerType: 'demo' });
});
