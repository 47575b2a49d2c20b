import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { mostPushDevices, type PushDevice } from '../../src/ground/push-device.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sessionRecord } from './support/records.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const device = (id: string, more: Partial<PushDevice> = {}): PushDevice => ({
  ...{ id, ownerId: 'ann', endpoint: `https://push.example/${id}`, p256dh: 'p', auth: 'a', name: id },
  ...{ language: 'en', showTitle: true, signedInAt: 10, createdAt: 100, expiresAt: 1_000 },
  ...more,
});
const idsOf = (store: Store, owner = 'ann') => store.pushDevices(owner).map(({ id }) => id);

const stores: [string, () => Store | Promise<Store>][] = [
  ['memory', createMemoryStore],
  ['SQLite', () => openSqliteStore({ path: join(temporaryFolder(), 'a.db'), clock: systemClock })],
];

test.each(stores)(
  '[J8] devices in %s end with their sign-in, their user, their endpoint and their time',
  async (_, open) => {
    const store = await open();
    store.savePushDevice(device('a'));
    store.savePushDevice(device('b', { signedInAt: 20, createdAt: 200 }));
    store.savePushDevice(device('c', { ownerId: 'bob', expiresAt: 50 }));
    expect(store.pushDevices('ann')).toEqual([device('a'), device('b', { signedInAt: 20, createdAt: 200 })]);
    // Somebody else signed in to the same browser.
    store.savePushDevice(device('d', { ownerId: 'bob', endpoint: device('a').endpoint }));
    expect([idsOf(store), idsOf(store, 'bob')]).toEqual([['b'], ['c', 'd']]);
    store.sweepCredentials(60);
    expect(idsOf(store, 'bob')).toEqual(['d']);
    store.removePushDevicesOf('bob', 10);
    expect(idsOf(store, 'bob')).toEqual([]);
    store.savePushDevice(device('e', { signedInAt: 31, createdAt: 300 }));
    store.revokeSubject('ann', 30);
    expect(idsOf(store)).toEqual(['e']);
    expect([store.removePushDevice('e'), store.removePushDevice('e')]).toEqual([true, false]);
    store.close();
  },
);

test.each(stores)(
  '[J8] nobody takes the device of another away in %s by its endpoint alone',
  async (_, open) => {
    const store = await open();
    store.savePushDevice(device('a'));
    for (const keys of [{ p256dh: 'q' }, { auth: 'b' }]) {
      const taken = device('b', { ownerId: 'bob', endpoint: device('a').endpoint, ...keys });
      expect(() => store.savePushDevice(taken)).toThrowError(expect.objectContaining({ code: 'FORBIDDEN' }));
    }
    expect([idsOf(store), idsOf(store, 'bob')]).toEqual([['a'], []]);
    // One's own may have new keys.
    store.savePushDevice(device('a', { auth: 'b' }));
    expect(store.pushDevice('a')).toMatchObject({ auth: 'b' });
    store.close();
  },
);

test.each(stores)('with a device of %s goes what it was still to be told', async (_, open) => {
  const store = await open();
  store.create(sessionRecord());
  store.savePushDevice(device('a'));
  const waiting = { sessionId: 'session-1', eventId: 'e', message: '{}' };
  store.commit('session-1', { deliveries: [{ ...waiting, target: 'push:a' }] }, 1);
  store.buryStrangers([], 'no such target');
  expect(store.pushTargets()).toEqual(['push:a']);
  store.removePushDevice('a');
  expect([store.nextDelivery('push:a'), store.pushTargets()]).toEqual([undefined, []]);
  store.close();
});

test.each(stores)('of one user the newest devices are kept in %s', async (_, open) => {
  const store = await open();
  for (let index = 0; index <= mostPushDevices; index += 1)
    store.savePushDevice(device(`d${index}`, { createdAt: index }));
  expect(idsOf(store)).toHaveLength(mostPushDevices);
  expect(idsOf(store)).not.toContain('d0');
  store.close();
});
