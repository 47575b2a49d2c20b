import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestPostgres } from '../support/postgres.ts';
import { openPostgresSessions } from './support/postgres-sessions.ts';
import { type Act, RacingNode } from './support/racing-node.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await TestPostgres.start();
});
afterAll(() => server.remove());

const session = fc.nat(1);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('append'), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('claim'), session }) },
  fc.record({ does: fc.constant('release'), session }),
  fc.record({ does: fc.constantFrom('move', 'resend') }),
  fc.record({ does: fc.constant('inherit'), from: fc.nat(2) }),
);
const acts = fc.array(act, { maxLength: 8 });

it('[G2] [G12] of three nodes that take sessions from each other, only the one whose it is writes to it', async () => {
  const url = await server.emptied();
  const store = await openPostgresSessions(url, { lock: 'several' });
  const nodes = [0, 1, 2].map((index) => new RacingNode({ name: `node-${index}`, url, store }));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.tuple(acts, acts, acts), async (all) => {
      run += 1;
      const sessions = ['a', 'b'].map((name) => `${name}-${run}`);
      for (const id of sessions) await nodes[0]?.begin(id);
      await Promise.all(nodes.map((node, index) => node.play(all[index] ?? [], { nodes, sessions })));
      const outcomes = (await Promise.all(nodes.map((node) => node.outcomes()))).flat();
      expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
      for (const id of sessions) {
        const log = store.events(id, 0, 1_000);
        expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
        const told = outcomes.filter(({ outcome, sessionId }) => outcome === 'stored' && sessionId === id);
        expect(new Set(log.map((event) => event.id))).toEqual(new Set(told.flatMap(({ ids }) => ids)));
        const writes = [...new Set(log.map((event) => event.id.slice(0, event.id.lastIndexOf('/'))))];
        const parts = writes.map((write) => write.split('/'));
        const fences = parts.map(([fence]) => Number(fence));
        expect(fences).toEqual(fences.toSorted((a, b) => a - b));
        // Of each owner all that it wrote until it lost the session, and nobody else's.
        for (const fence of new Set(fences)) {
          const its = parts.filter(([of]) => Number(of) === fence);
          expect(new Set(its.map(([, node]) => node)).size).toBe(1);
          const first = fence === 1 ? 2 : 1;
          expect(its.map(([, , number]) => Number(number))).toEqual(its.map((_, index) => index + first));
        }
      }
    }),
    { numRuns: 40 },
  );
  for (const node of nodes) await node.close();
  store.close();
  expect(server.sql('postgres', 'select sum(deadlocks) from pg_stat_database')).toEqual(['0']);
});
