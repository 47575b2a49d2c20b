import type { ServerEnvelope, ServerEvent } from '@hotplex/aep-protocol';
import type { ConnectionState } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { type SessionStatus, SessionWatch, type WatchOptions } from '../../src/status/session-watch.ts';
import { prompt } from '../prompt-events.ts';
import { logOf } from '../turn-script.ts';

type Pause = { ms: number; isTakenBack: boolean; fire: () => void };

const asked: ServerEvent = { type: 'permission_request', data: { id: 'p1', tool_name: 'Bash' } };

test('[R1] a log that could not be read is read again, and nothing that came meanwhile is lost', async () => {
  const { watch, nextPause, log, tell } = watched({ failures: 2 });
  log.push(...logOf([asked]));
  const first = await nextPause(() => watch.subscribe(() => {}));
  tell(prompt('i1', 'a'));
  const second = await nextPause(first.fire);
  tell(prompt('i2', 'b'));
  expect(watch.status).toMatchObject({ lastSeq: 0, permissions: [], queue: [] });
  await until(watch, ({ lastSeq }) => lastSeq === 3, second.fire);
  expect(watch.status).toMatchObject({ permissions: [{ id: 'p1' }], queue: [{ text: 'a' }, { text: 'b' }] });
  tell(prompt('i3', 'c'));
  expect(watch.status.queue.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
});

test('the pauses between readings grow, up to ten seconds', async () => {
  const { watch, nextPause } = watched({ failures: Infinity });
  let pause = await nextPause(() => watch.subscribe(() => {}));
  const lengths = [pause.ms];
  while (lengths.length < 8) {
    pause = await nextPause(pause.fire);
    lengths.push(pause.ms);
  }
  expect(lengths).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

test('a new connection does not wait for the end of a pause', async () => {
  const { watch, nextPause, log, reconnect } = watched({ failures: 1 });
  log.push(...logOf([asked]));
  const pause = await nextPause(() => watch.subscribe(() => {}));
  await until(watch, ({ lastSeq }) => lastSeq === 1, reconnect);
  expect(pause.isTakenBack).toBe(true);
});

test('nothing is read any more once nobody listens', async () => {
  const { watch, nextPause } = watched({ failures: 1 });
  let stop = () => {};
  const pause = await nextPause(() => {
    stop = watch.subscribe(() => {});
  });
  stop();
  expect(pause.isTakenBack).toBe(true);
});

/** A watch of a session that is connected, and whose log cannot be read the first times. */
function watched({ failures }: { failures: number }) {
  const log: ServerEnvelope[] = [];
  let hear: (envelope: ServerEnvelope) => void = () => {};
  let connected: (state: ConnectionState) => void = () => {};
  let begun = Promise.withResolvers<Pause>();
  let readings = 0;
  const transport: WatchOptions['transport'] = {
    connect: async () => {},
    isConnected: () => true,
    async *allEvents(_id, { after = 0 } = {}) {
      readings += 1;
      if (readings <= failures) throw new Error('503');
      yield* log.filter(({ seq }) => seq > after);
    },
    onEvent(_id, listener) {
      hear = listener;
      return () => {};
    },
    onConnection(_id, listener) {
      connected = listener;
      return () => {};
    },
    onParticipants: () => () => {},
  };
  const after: WatchOptions['after'] = (ms, fire) => {
    const pause = { ms, fire, isTakenBack: false };
    begun.resolve(pause);
    return () => {
      pause.isTakenBack = true;
    };
  };
  return {
    watch: new SessionWatch({ transport, id: 'session_1', after }),
    log,
    /** The pause that begins because of what is done. */
    nextPause(act: () => void): Promise<Pause> {
      begun = Promise.withResolvers();
      act();
      return begun.promise;
    },
    /** As the gateway does it: logged, then told. */
    tell(event: ServerEvent): void {
      const added = logOf([event], { firstSeq: log.length + 1 });
      log.push(...added);
      for (const envelope of added) hear(envelope);
    },
    reconnect: () => connected({ status: 'ready' }),
  };
}

/** Resolves when the status is as asked for, after what is done. */
function until(watch: SessionWatch, is: (status: SessionStatus) => boolean, act: () => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = watch.subscribe(() => {
    if (is(watch.status)) resolve();
  });
  act();
  return promise.finally(stop);
}
