import { expect, test } from 'vitest';
import { LogFollower } from '../../src/connection/log-follower.ts';
import type { Socket } from '../../src/connection/socket.ts';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { Session } from '../../src/session/session.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { sessionRecord } from '../store/support/records.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

/** A socket whose network takes bytes only when the test says so. */
function createSlowSocket(): Socket & { received: number[]; drain(): void; most: number } {
  let waiting: (() => void)[] = [];
  const socket = {
    received: [] as number[],
    most: 0,
    bufferedBytes: 0,
    send(frames: readonly string[], flushed?: () => void) {
      for (const frame of frames) {
        socket.received.push((JSON.parse(frame) as { seq: number }).seq);
        socket.bufferedBytes += frame.length;
      }
      socket.most = Math.max(socket.most, socket.bufferedBytes);
      if (flushed) waiting.push(flushed);
    },
    drain() {
      socket.bufferedBytes = 0;
      const flushed = waiting;
      waiting = [];
      for (const tell of flushed) tell();
    },
    close() {},
  };
  return socket;
}

test('[B2] a client that stops reading holds little memory, disturbs nobody and ends complete', () => {
  const store = createMemoryStore();
  store.create(sessionRecord({ id: 's' }));
  const worker = createScriptedWorker();
  const limits = {
    permissionTimeoutMs: 1,
    interruptTimeoutMs: 1,
    maxQueue: 1,
    maxInputBytes: 1_000,
    watch: { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 },
  };
  const session = new Session(sessionRecord({ id: 's' }), {
    store,
    clock: createManualClock(),
    ids: createIds(),
    logger: silentLogger,
    definition: worker.definition,
    limits,
    makeRoom: () => {},
    hasRoom: () => true,
    supervise: (start) => start,
    reap: async () => {},
    onReady: () => {},
  });
  const [slow, quick] = [createSlowSocket(), createSlowSocket()];
  let behind = 0;
  const follow = (socket: Socket) =>
    new LogFollower({ session, socket, after: 0, maxBufferedBytes: 20_000, onBehind: () => behind++ });
  follow(slow);
  follow(quick);
  session.prompt({ inputId: 'a', content: 'a', author: 'me' });
  for (let index = 0; index < 3_000; index++) {
    worker.say({ type: 'raw', data: { kind: 'x', raw: 'y'.repeat(100) } });
    quick.drain();
  }
  const all = Array.from({ length: session.record.lastSeq }, (_, index) => index + 1);
  expect(quick.received).toEqual(all);
  expect(slow.received.length).toBeLessThan(200);
  expect(behind).toBe(1);
  while (slow.received.length < all.length) slow.drain();
  expect(slow.received).toEqual(all);
  expect(slow.most).toBeLessThan(256 * 400);
  worker.say({ type: 'raw', data: { kind: 'x', raw: 'live again' } });
  slow.drain();
  expect(slow.received.at(-1)).toBe(session.record.lastSeq);
});
