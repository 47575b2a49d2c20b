import { expect, test } from 'vitest';
import { Heartbeat } from '../../src/connection/heartbeat.ts';
import { createManualClock } from '../support/manual-clock.ts';

test('[C3] [W6] a peer is given up after two pings without an answer, and not before', () => {
  const clock = createManualClock();
  const said: string[] = [];
  const heartbeat = new Heartbeat({
    clock,
    intervalMs: 30,
    ping: () => said.push('ping'),
    giveUp: () => said.push('gone'),
  });
  clock.advance(30);
  heartbeat.heard();
  clock.advance(60);
  expect(said).toEqual(['ping', 'ping', 'ping']);
  clock.advance(30);
  expect(said.at(-1)).toBe('gone');
});

test('[C3] a stopped heartbeat is silent', () => {
  const clock = createManualClock();
  const said: string[] = [];
  new Heartbeat({
    clock,
    intervalMs: 30,
    ping: () => said.push('ping'),
    giveUp: () => said.push('gone'),
  }).stop();
  clock.advance(1_000);
  expect(said).toEqual([]);
});
