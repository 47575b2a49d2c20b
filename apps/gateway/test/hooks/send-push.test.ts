import { expect, test } from 'vitest';
import type { PushDevice } from '../../src/ground/push-device.ts';
import { Attention } from '../../src/hooks/push/attention.ts';
import { createSendPush } from '../../src/hooks/push/send-push.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createPushReceiver } from './push-receiver.ts';

/** One device, and a push service that answers as it is told. */
function open({ status = 201, showTitle = false } = {}) {
  const clock = createManualClock();
  const devices = createMemoryStore();
  const receiver = createPushReceiver();
  const device: PushDevice = {
    ...{ id: 'd', ownerId: 'ann', endpoint: 'https://push.example/d', ...receiver.keys, name: 'a browser' },
    ...{ language: 'en', showTitle, signedInAt: 1, createdAt: 1, expiresAt: clock.now() + 10 * 60 * 60_000 },
  };
  devices.savePushDevice(device);
  const attention = new Attention();
  const told: unknown[] = [];
  const send = createSendPush({
    ...{ devices, attention, clock },
    authorize: async () => 'vapid t=t, k=k',
    async post({ body }) {
      told.push(JSON.parse(receiver.read(Buffer.from(body))));
      return { status };
    },
  });
  const notice = (at: number) =>
    send({ target: 'push:d', message: JSON.stringify({ kind: 'ended', sessionId: 's', title: 'tea', at }) });
  return { clock, devices, attention, told, notice };
}

test('what is said names the session, and its title for those alone who want that', async () => {
  const silent = open();
  expect(await silent.notice(silent.clock.now())).toEqual({ taken: true });
  expect(silent.told).toEqual([{ kind: 'ended', session_id: 's', language: 'en' }]);
  const { clock, told, notice } = open({ showTitle: true });
  await notice(clock.now());
  expect(told).toEqual([{ kind: 'ended', session_id: 's', language: 'en', title: 'tea' }]);
});

test('who may still look is called later, and not at all once they have looked', async () => {
  const { clock, attention, told, notice } = open();
  attention.note('ann', clock.now());
  clock.advance(2_000);
  const at = clock.now();
  expect(await notice(at)).toMatchObject({ taken: false, final: false });
  clock.advance(5_000);
  expect(await notice(at)).toEqual({ taken: true });
  expect(told).toHaveLength(1);
  attention.note('ann', clock.now());
  expect(await notice(at)).toEqual({ taken: true });
  expect(told).toHaveLength(1);
});

test('nobody is called for what was long ago, nor after their sign-in ran out', async () => {
  const { clock, told, notice } = open();
  const at = clock.now();
  clock.advance(5 * 60 * 60_000);
  expect(await notice(at)).toEqual({ taken: true });
  clock.advance(6 * 60 * 60_000);
  expect(await notice(clock.now())).toEqual({ taken: true });
  expect(told).toEqual([]);
});

test.each([
  { status: 404, final: true, left: 0 },
  { status: 410, final: true, left: 0 },
  { status: 403, final: true, left: 1 },
  { status: 429, final: false, left: 1 },
  { status: 503, final: false, left: 1 },
])('a push service that answers $status', async ({ status, final, left }) => {
  const { clock, devices, notice } = open({ status });
  expect(await notice(clock.now())).toMatchObject({ taken: false, final });
  expect(devices.pushDevices('ann')).toHaveLength(left);
});
