import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../src/ground/logger.ts';
import type { PushDevice } from '../../src/ground/push-device.ts';
import { PushNotices } from '../../src/hooks/push/push-notices.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { sessionRecord } from '../store/support/records.ts';
import { createManualClock } from '../support/manual-clock.ts';

const session = { ...sessionRecord(), ownerId: 'ann' };
const event = {
  ...{ seq: 1, id: 'e', type: 'done', turnId: null, timestamp: 0, data: '{"success":true}' },
};

/** Two devices of one user, a push service that takes everything, and how often the outbox is looked at for each. */
function open() {
  const clock = createManualClock();
  const store = createMemoryStore();
  store.create(sessionRecord());
  const device = (id: string, expiresAt: number): PushDevice => ({
    ...{ id, ownerId: 'ann', endpoint: `https://push.example/${id}`, p256dh: 'p', auth: 'a', name: id },
    ...{ language: 'en', showTitle: false, signedInAt: 1, createdAt: 1, expiresAt },
  });
  store.savePushDevice(device('short', clock.now() + 90_000));
  store.savePushDevice(device('long', clock.now() + 900_000));
  const looks: string[] = [];
  const sent: string[] = [];
  const notices = new PushNotices({
    ...{ devices: store, attempts: 3, clock, random: () => 0, logger: silentLogger },
    outbox: {
      ...store,
      nextDelivery(target) {
        looks.push(target);
        return store.nextDelivery(target);
      },
    },
    async send({ target }) {
      sent.push(target);
      return { taken: true };
    },
  });
  onTestFinished(() => notices.close());
  const settle = () => new Promise(setImmediate);
  const happen = async () => {
    const deliveries = notices.choose(session, [event]);
    store.commit('session-1', { deliveries }, clock.now());
    for (const { target } of deliveries) notices.wake(target);
    await settle();
  };
  /** Which are looked at by themselves in the next minute. */
  const lookedAt = async () => {
    looks.length = 0;
    clock.advance(60_000);
    await settle();
    return looks.toSorted();
  };
  return { happen, lookedAt, sent, store };
}

test('nothing is looked for any more of a device that is gone', async () => {
  const { happen, lookedAt, sent, store } = open();
  await happen();
  expect(sent).toEqual(['push:short', 'push:long']);
  expect(await lookedAt()).toEqual(['push:long', 'push:short']);
  store.removePushDevice('long');
  // Once more, and it is noticed.
  expect(await lookedAt()).toEqual(['push:long', 'push:short']);
  expect(await lookedAt()).toEqual([]);
});

test('a device whose time is over is called no more, before anybody removes it', async () => {
  const { happen, lookedAt, sent } = open();
  await lookedAt();
  await lookedAt();
  await happen();
  expect(sent).toEqual(['push:long']);
});
