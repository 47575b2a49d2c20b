import { expect, test } from 'vitest';
import { silentLogger } from '../../../src/ground/logger.ts';
import { createMemoryStore } from '../../../src/store/memory-store.ts';
import { LogShipper } from '../../../src/store/replicated/log-shipper.ts';
import { createHandLog } from '../../support/hand-log.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { eventRecord, sessionRecord } from '../support/records.ts';

const overload = expect.objectContaining({ code: 'GATEWAY_OVERLOAD' });

function open() {
  const shared = createMemoryStore();
  const hand = createHandLog(shared);
  const clock = createManualClock();
  const shipper = new LogShipper({ log: hand.log, clock, logger: silentLogger });
  const outcomes: string[] = [];
  shared.create(sessionRecord({ id: 's' }));
  const fence = hand.claim('s');
  let number = 0;
  const say = (text = 'x') => {
    number += 1;
    const own = number;
    const commit = { events: [eventRecord(own, { data: JSON.stringify({ text }) })] };
    const write = { sessionId: 's', fence, number, kind: 'commit', commit, now: own } as const;
    shipper.add(write, (outcome) => outcomes.push(`${own} ${outcome}`));
  };
  const inTheLog = () => shared.events('s', 0, 10_000).map(({ seq }) => seq);
  return { hand, clock, shipper, say, outcomes, inTheLog };
}

const tick = () => Promise.resolve();
const sizes = (batches: readonly (readonly unknown[])[]) => batches.map(({ length }) => length);

test('what is written in one moment goes together, and what comes meanwhile is the next batch', async () => {
  const { hand, say, outcomes } = open();
  say();
  say();
  await tick();
  say();
  say();
  say();
  await tick();
  expect(sizes(hand.sent)).toEqual([2]);
  await hand.answer();
  expect(outcomes).toEqual(['1 stored', '2 stored']);
  expect(sizes(hand.sent)).toEqual([3]);
});

test('[R1] a batch whose answer was lost is sent again, and stored once', async () => {
  const { hand, clock, say, outcomes, inTheLog } = open();
  say();
  say();
  await tick();
  await hand.answer('stored and lost');
  expect(outcomes).toEqual([]);
  say();
  clock.advance(1_000);
  await hand.answer('failed');
  clock.advance(1_000);
  await hand.answer();
  await hand.answer();
  expect(inTheLog()).toEqual([1, 2, 3]);
  expect(outcomes).toEqual(['1 stored', '2 stored', '3 stored']);
});

test('[G11] after some seconds without an answer no more is taken, until there is one', async () => {
  const { hand, clock, shipper, say } = open();
  shipper.requireRoom();
  say();
  clock.advance(5_000);
  shipper.requireRoom();
  clock.advance(1);
  expect(() => shipper.requireRoom()).toThrow(overload);
  await tick();
  await hand.answer();
  shipper.requireRoom();
});

test('[G10] what waits is bounded in bytes, and so is a batch', async () => {
  const { hand, shipper, say } = open();
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let count = 0; count < 64; count += 1) say(megabyte);
  expect(() => shipper.requireRoom()).toThrow(overload);
  await tick();
  expect(sizes(hand.sent)).toEqual([1]);
  await hand.answer();
  shipper.requireRoom();
});

test('flush waits for all of it', async () => {
  const { hand, shipper, say } = open();
  await shipper.flush();
  say();
  let isFlushed = false;
  const flushed = shipper.flush().then(() => {
    isFlushed = true;
  });
  await tick();
  say();
  await hand.answer();
  expect(isFlushed).toBe(false);
  await hand.answer();
  await flushed;
});
