import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createSharedHookTargets } from '../../src/store/postgres/shared-hook-targets.ts';
import { TestPostgres } from '../support/postgres.ts';
import { openPostgresSessions } from './support/postgres-sessions.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await TestPostgres.start();
});
afterAll(() => server.remove());

test('of two gateways one delivers to a receiver, until it leaves or is not heard of for two minutes', async () => {
  const store = await openPostgresSessions(await server.emptied());
  onTestFinished(() => store.close());
  const [a, b] = ['a', 'b'].map((holder) => createSharedHookTargets(store.access, holder));
  expect(a?.takeTarget('chat', 0)).toBe(true);
  expect(a?.takeTarget('chat', 1_000)).toBe(true);
  expect(b?.takeTarget('chat', 1_000)).toBe(false);
  expect(b?.takeTarget('other', 1_000)).toBe(true);
  b?.leaveTarget('chat');
  expect(b?.takeTarget('chat', 2_000)).toBe(false);
  a?.leaveTarget('chat');
  expect(b?.takeTarget('chat', 2_000)).toBe(true);
  expect(a?.takeTarget('chat', 122_001)).toBe(true);
});
