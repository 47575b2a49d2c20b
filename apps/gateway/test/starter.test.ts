import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Visits } from '../src/gateway-visits.ts';
import { boundVariable, findStarter, untilDeserted } from '../src/starter.ts';
import { createManualClock } from './support/manual-clock.ts';

const child = (env: NodeJS.ProcessEnv, connected: boolean) =>
  Object.assign(new EventEmitter(), { env, connected }) as EventEmitter &
    Pick<NodeJS.Process, 'env' | 'connected' | 'once'>;

test('a gateway under a supervisor with a channel is bound to nobody', () => {
  expect(findStarter(child({}, true))).toBeUndefined();
});

test('a gateway for one command knows from its first moment on when that is gone', () => {
  const env = { [boundVariable]: '1' };
  const ours = child(env, true);
  const starter = findStarter(ours);
  expect(starter?.aborted).toBe(false);
  ours.emit('disconnect');
  expect(starter?.aborted).toBe(true);
  // What it starts is not bound.
  expect(env).toEqual({});
  expect(findStarter(child({ [boundVariable]: '1' }, false))?.aborted).toBe(true);
});

test('it stays while somebody else is there, by socket or by request, and for a moment afterwards', async () => {
  const clock = createManualClock();
  const visits = new Visits(clock);
  const gone = new AbortController();
  let isDeserted = false;
  const deserted = untilDeserted({ starter: gone.signal, unusedMs: () => visits.unusedMs(), clock });
  const done = deserted.then(() => {
    isDeserted = true;
  });
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) {
      clock.advance(100);
      await turn();
    }
  };
  await pass(10_000);
  expect(isDeserted).toBe(false);
  const request = new EventEmitter();
  visits.count(request);
  gone.abort();
  await pass(10_000);
  expect(isDeserted).toBe(false);
  request.emit('close');
  await pass(2_000);
  // Its next request, or its socket.
  visits.count(request);
  await pass(5_000);
  request.emit('close');
  await pass(2_000);
  expect(isDeserted).toBe(false);
  await pass(2_000);
  await done;
});
