import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { windowWeight } from '../../src/cluster/nats/sealed-stream.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { readAll } from '../support/read-all.ts';
import { untilBroken, untilClosed } from '../support/stream-ends.ts';
import { openStreamPair } from './support/stream-pair.ts';

const bytes = fc.uint8Array({ maxLength: 40 }).map((part) => Buffer.from(part));
const big = fc.integer({ min: 0, max: 400_000 }).map((length) => randomBytes(length));

/** What may be on the way at most: the window, what the stream itself has ready for its reader, and what is around it. */
const mostBytes = windowWeight + 3 * 64 * 1024;

async function pass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await setImmediate();
}

async function writeAll(stream: Duplex, parts: readonly (readonly [Buffer, number])[]): Promise<void> {
  for (const [part, turns] of parts) {
    if (!stream.write(part)) await once(stream, 'drain');
    await pass(turns);
  }
  stream.end();
}

it('what is read is what was written, however it was written and read, and no more waits than may', async () => {
  const writes = fc.array(fc.tuple(fc.oneof(bytes, bytes, bytes, big), fc.nat(3)), { maxLength: 60 });
  const pauses = fc.array(fc.nat(20), { minLength: 1, maxLength: 8 });
  const pieceBytes = fc.constantFrom(1_000, 65_536);
  await fc.assert(
    fc.asyncProperty(writes, writes, pauses, pieceBytes, async (there, back, patience, piece) => {
      const waiting = { near: 0, far: 0 };
      const { near, far } = openStreamPair({
        pieceBytes: piece,
        carry(message, side) {
          waiting[side] += message.length;
          return [message];
        },
      });
      const read = (stream: Duplex, from: 'near' | 'far') => {
        let count = 0;
        return readAll(stream, ({ length }) => {
          expect(waiting[from]).toBeLessThan(mostBytes);
          waiting[from] -= length;
          count += 1;
          return pass(patience[count % patience.length] ?? 0);
        });
      };
      const closed = [near, far].map(untilClosed);
      const [heardThere, heardBack] = await Promise.all([
        read(far, 'near'),
        read(near, 'far'),
        writeAll(near, there),
        writeAll(far, back),
      ]);
      expect(heardThere.equals(Buffer.concat(there.map(([part]) => part)))).toBe(true);
      expect(heardBack.equals(Buffer.concat(back.map(([part]) => part)))).toBe(true);
      await Promise.all(closed);
    }),
    { numRuns: 15 },
  );
});

it('who does not read is sent no more than the window, and nothing is lost for it', async () => {
  let sent = 0;
  const { near, far } = openStreamPair({
    carry(message, side) {
      if (side === 'near') sent += message.length;
      return [message];
    },
  });
  const all = randomBytes(3_000_000);
  near.end(all);
  await pass(100);
  expect(sent).toBeLessThan(mostBytes);
  expect((await readAll(far)).equals(all)).toBe(true);
});

it('pieces of one byte take of the window what they take of memory', async () => {
  let messages = 0;
  const { near } = openStreamPair({
    carry(message) {
      messages += 1;
      return [message];
    },
  });
  for (let count = 0; count < 10_000; count += 1) {
    near.write(Buffer.of(1));
    await setImmediate();
  }
  expect(messages).toBeLessThan(windowWeight / 256 + 1);
  near.destroy();
});

it('a message that is lost breaks the stream: it never leaves bytes out', async () => {
  let count = 0;
  const { near, far } = openStreamPair({
    carry(message, side) {
      if (side === 'near') count += 1;
      return side === 'near' && count === 2 ? [] : [message];
    },
  });
  far.resume();
  for (const part of ['one', 'two', 'three']) {
    near.write(part);
    await setImmediate();
  }
  expect(await untilBroken(far)).toMatchObject({
    code: 'ECONNRESET',
    message: 'a part of a stream between nodes was lost',
  });
  await untilClosed(near);
});

it('what is repeated, changed or made by somebody else is as if it had not come', async () => {
  const { near, far } = openStreamPair({
    carry(message) {
      const changed = Buffer.from(message);
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
      return [randomBytes(40), Buffer.alloc(0), changed, message, message, changed];
    },
  });
  near.end('hello');
  far.end('hello to you');
  expect((await readAll(far)).toString()).toBe('hello');
  expect((await readAll(near)).toString()).toBe('hello to you');
});

it('bytes do not pass in the clear', async () => {
  const seen: Buffer[] = [];
  const { near, far } = openStreamPair({
    carry(message) {
      seen.push(message);
      return [message];
    },
  });
  near.end('a secret of the session');
  far.end();
  await readAll(far);
  expect(Buffer.concat(seen).includes('secret')).toBe(false);
});

it('a side that is gone is seen by the other, also one that says nothing any more', async () => {
  const { near, far } = openStreamPair();
  near.destroy(new Error('a reason of its own'));
  expect(await untilBroken(far)).toMatchObject({ code: 'ECONNRESET' });
  const clock = createManualClock();
  let isCut = false;
  const silent = openStreamPair({ clock, carry: (message) => (isCut ? [] : [message]) });
  for (let round = 0; round < 4; round += 1) {
    clock.advance(9_000);
    await pass(2);
  }
  expect([silent.near.destroyed, silent.far.destroyed]).toEqual([false, false]);
  isCut = true;
  clock.advance(10_001);
  expect([silent.near.destroyed, silent.far.destroyed]).toEqual([true, true]);
});

it('what a side said to its end is read, although it is gone', async () => {
  const { near, far } = openStreamPair();
  near.end('the last words');
  await once(near, 'finish');
  near.destroy();
  await pass(2);
  expect((await readAll(far)).toString()).toBe('the last words');
});
