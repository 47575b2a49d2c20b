import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createSharedHookTargets } from '../../src/store/postgres/shared-hook-targets.ts';
import { TestPostgres } from '../support/postgres.ts';
import { openPostgresSessions } from './support/postgres-sessions.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await TestPostgres.start();
});
afterAll(() => server.remove());

async function open() {
  const store = await openPostgresSessions(await server.emptied());
  onTestFinished(() => store.close());
  const { access } = store;
  const holders = ['a', 'b'].map((holder) => createSharedHookTargets(access, holder));
  const [a, b] = holders as [(typeof holders)[0], (typeof holders)[0]];
  /** As if so much time had passed since, milliseconds. */
  const pass = (ms: number) => access.write([{ text: `update hook_targets set until = until - ${ms}` }]);
  return { a, b, access, pass };
}

test('of two gateways one delivers to a receiver, until it leaves or is not heard of for two minutes', async () => {
  const { a, b, pass } = await open();
  expect(a.takeTarget('chat')).toBe(true);
  pass(100_000);
  expect(a.takeTarget('chat')).toBe(true);
  pass(100_000);
  expect(b.takeTarget('chat')).toBe(false);
  expect(b.takeTarget('other')).toBe(true);
  b.leaveTarget('chat');
  expect(b.takeTarget('chat')).toBe(false);
  a.leaveTarget('chat');
  expect(b.takeTarget('chat')).toBe(true);
  pass(120_001);
  expect(a.takeTarget('chat')).toBe(true);
});

test('for how long is counted by the clock of the database, whatever those of the gateways say', async () => {
  const { a, access } = await open();
  expect(a.takeTarget('chat')).toBe(true);
  const text = 'select until - extract(epoch from clock_timestamp()) * 1000 as left from hook_targets';
  const left = Number(access.read<{ left: string }>({ text })[0]?.left);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(120_000);
});
