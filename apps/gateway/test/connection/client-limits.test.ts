import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Identity } from '../../src/auth/identity.ts';
import { ClientLimits } from '../../src/connection/client-limits.ts';
import { RateLimit } from '../../src/ground/rate-limit.ts';
import { createManualClock } from '../support/manual-clock.ts';

const identity = (subject: string, method: Identity['method'] = 'token'): Identity => ({
  ...{ subject, method, botId: null, role: 'driver', expiresAt: null, tokenId: null, signedInAt: null },
});
const alice = identity('alice');

function openLimits() {
  const clock = createManualClock();
  const limits = new ClientLimits(clock, {
    ...{ framesPerSecond: 10, framesBurst: 20 },
    user: { connections: 2, inputsPerMinute: 3 },
    key: { connections: 4, inputsPerMinute: 6 },
  });
  return { clock, limits };
}
const countAdmitted = (take: () => unknown, times: number) =>
  Array.from({ length: times }, take).filter((excess) => excess === undefined).length;

test('[B4] [W9] a burst of frames passes, then so many a second, with the numbers told', () => {
  const { clock, limits } = openLimits();
  const take = () => limits.takeFrame(alice, 's');
  expect(countAdmitted(take, 100)).toBe(20);
  expect(take()).toEqual({ reason: 'frame_rate', limit: 10, windowMs: 1_000, burst: 20, retryAfterMs: 100 });
  clock.advance(100);
  expect(countAdmitted(take, 5)).toBe(1);
  clock.advance(60_000);
  expect(countAdmitted(take, 100)).toBe(20);
});

test('[B4] frames are counted for each user and session, prompts for each user over all sessions', () => {
  const { limits } = openLimits();
  expect(countAdmitted(() => limits.takeFrame(alice, 'one'), 30)).toBe(20);
  expect(countAdmitted(() => limits.takeFrame(alice, 'two'), 30)).toBe(20);
  expect(countAdmitted(() => limits.takeFrame(identity('bob'), 'one'), 30)).toBe(20);
  expect(countAdmitted(() => limits.takeInput(alice), 9)).toBe(3);
  expect(limits.takeInput(alice)).toMatchObject({ reason: 'input_rate', limit: 3, retryAfterMs: 20_000 });
  expect(countAdmitted(() => limits.takeInput(identity('key:ci', 'api_key')), 9)).toBe(6);
});

test('[B4] [W9] a user has so many connections; one that is gone makes room, once', () => {
  const { limits } = openLimits();
  const leave = limits.connect(alice);
  limits.connect(alice);
  expect(() => limits.connect(alice)).toThrow(/2 connections/);
  limits.connect(identity('bob'));
  leave();
  leave();
  limits.connect(alice);
  expect(() => limits.connect(alice)).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
});

test('[B4] connections of a user at other gateways of the cluster count as well', () => {
  const elsewhere = { connections: 1, agents: 0 };
  const quota = { connections: 2, inputsPerMinute: 3 };
  const quotas = { framesPerSecond: 10, framesBurst: 20, user: quota, key: quota };
  const limits = new ClientLimits(createManualClock(), quotas, () => elsewhere);
  limits.connect(alice);
  expect(() => limits.connect(alice)).toThrow(/2 connections/);
  elsewhere.connections = 0;
  limits.connect(alice);
});

test('[B4] whatever the order of calls, nobody gets more than the burst and the rate allow', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 300 }), (waits) => {
      const clock = createManualClock();
      const limit = new RateLimit(clock, { perSecond: 5, burst: 8 });
      let passed = 0;
      for (const wait of waits) {
        clock.advance(wait);
        if (limit.take('a') === 0) passed += 1;
        expect(passed).toBeLessThanOrEqual(8 + (clock.elapsed() / 1_000) * 5 + 1e-6);
      }
    }),
  );
});

test('[G10] who has everything back is forgotten', () => {
  const clock = createManualClock();
  const limit = new RateLimit(clock, { perSecond: 1, burst: 5 });
  for (let index = 0; index < 1_000; index++) limit.take(`user-${index}`);
  expect(limit.size).toBe(1_000);
  clock.advance(1_000);
  limit.take('last');
  expect(limit.size).toBe(1);
});
