import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { NodeLife } from '../../src/cluster/bus.ts';
import { createClusterKeys } from '../../src/cluster/nats/cluster-keys.ts';
import { OwnLease } from '../../src/cluster/nats/own-lease.ts';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger as logger } from '../../src/ground/logger.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { MemoryBucket } from './support/memory-bucket.ts';

const leaseMs = 9_000;

async function open() {
  const clock = createManualClock();
  const bucket = new MemoryBucket();
  const told: (boolean | string)[] = [];
  const lease = new OwnLease(
    {
      ...{ bucket, clock, leaseMs, logger, ids: createIds() },
      keys: createClusterKeys('a secret of more than 32 characters'),
      node: { node: 'one', workspace: 'disk', version: '1.0.0' },
    },
    { onHeld: (isHeld) => told.push(isHeld), onLost: (lost: NodeLife) => told.push(`lost ${lost.life}`) },
  );
  await lease.begin();
  /** Lets so much time pass, and what is done in it be done. */
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 100) {
      clock.advance(Math.min(100, left));
      await setImmediate();
    }
  };
  return { clock, bucket, told, lease, pass };
}

it('a lease is renewed every third of its time, and held for as long as that is answered', async () => {
  const { bucket, told, lease, pass } = await open();
  await pass(60_000);
  expect({ held: lease.isHeld, told }).toEqual({ held: true, told: [true] });
  expect(bucket.writes).toBe(1 + 60_000 / (leaseMs / 3));
});

it('a lease ends its time after the last answered renewal was sent, and is back if nobody gave it up', async () => {
  const { bucket, told, lease, pass } = await open();
  const { life } = lease.own.life;
  bucket.isThere = false;
  await pass(leaseMs - 1);
  expect({ held: lease.isHeld, told }).toEqual({ held: true, told: [true] });
  await pass(1);
  expect({ held: lease.isHeld, told }).toEqual({ held: false, told: [true, false] });
  await pass(100_000);
  bucket.isThere = true;
  await pass(leaseMs / 20 + 100);
  expect({ held: lease.isHeld, told, life: lease.own.life.life }).toEqual({
    held: true,
    told: [true, false, true],
    life,
  });
});

it('a renewal that is answered when its time is over renews nothing, and no timer is set into the past', async () => {
  const { clock, lease, told } = await open();
  const waits: number[] = [];
  const [now, after] = [clock.now.bind(clock), clock.after.bind(clock)];
  clock.after = (ms, fire) => {
    waits.push(ms);
    return after(ms, fire);
  };
  lease.renew();
  clock.now = () => now() + leaseMs + 1;
  await setImmediate();
  expect({ held: lease.isHeld, told }).toEqual({ held: false, told: [true, false] });
  expect(waits.length).toBeGreaterThan(0);
  expect(Math.min(...waits)).toBe(0);
});

it('time that the machine slept counts, although its monotonic clock stood still, and so does time set back', async () => {
  const { clock, lease } = await open();
  let slept = 0;
  const now = clock.now.bind(clock);
  clock.now = () => now() + slept;
  slept = leaseMs;
  expect(lease.isHeld).toBe(false);
  slept = -3_600_000;
  expect(lease.isHeld).toBe(true);
  clock.advance(leaseMs);
  expect(lease.isHeld).toBe(false);
});

it('a life that others gave up never comes back: there is another one', async () => {
  const { bucket, told, lease, pass } = await open();
  const { life: lost } = lease.own;
  bucket.isThere = false;
  await pass(leaseMs);
  bucket.giveUp(lost.life);
  bucket.isThere = true;
  await pass(1_000);
  expect(told).toEqual([true, false, `lost ${lost.life}`, true]);
  expect(lease.own.life).toEqual({
    ...lost,
    life: expect.not.stringMatching(lost.life),
    startedAt: expect.any(Number),
  });
  expect(lease.isHeld).toBe(true);
});

it('a renewal whose answer was lost is no reason to give up', async () => {
  const { bucket, told, lease, pass } = await open();
  const { life } = lease.own.life;
  bucket.losesAnswers = true;
  await pass(leaseMs / 3 + 200);
  bucket.losesAnswers = false;
  await pass(leaseMs);
  expect({ held: lease.isHeld, told, life: lease.own.life.life }).toEqual({ held: true, told: [true], life });
});

it('a lease that was written over by somebody without the secret, or taken out, is over', async () => {
  for (const spoil of ['forge', 'remove'] as const) {
    const { bucket, told, lease, pass } = await open();
    const { life } = lease.own.life;
    bucket[spoil](life);
    await pass(leaseMs / 2);
    expect(told).toEqual([true, false, `lost ${life}`, true]);
  }
});

it('a lease that is given back says so, and is not renewed', async () => {
  const { bucket, lease, pass } = await open();
  const { life } = lease.own.life;
  await lease.giveBack();
  await lease.giveBack();
  const { writes } = bucket;
  await pass(2 * leaseMs);
  expect({ held: lease.isHeld, writes: bucket.writes }).toEqual({ held: false, writes });
  expect((await bucket.read(life)).lease?.isOver).toBe(true);
});
