import { expect, test } from 'vitest';
import { NodeReports } from '../../src/cluster/node-reports.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { MemoryCluster } from '../support/memory-cluster.ts';
import { rest } from './support/rest.ts';

test('each node knows how all of them stand, and forgets who is gone', async () => {
  const cluster = new MemoryCluster();
  const clock = createManualClock();
  const [a, b] = ['a', 'b'].map((node, index) => {
    const bus = cluster.open({ node, workspace: 'disk' });
    const stands = { is_draining: false, sessions: index, workers: 0, turns: 0, connections: 0 };
    return { bus, stands, reports: new NodeReports({ bus, clock, read: () => stands }) };
  });
  if (!a || !b) throw new Error('two nodes');
  const seen = () => Object.fromEntries(a.reports.all().map(({ node, report }) => [node, report?.sessions]));
  clock.advance(5_000);
  await rest();
  expect(seen()).toEqual({ a: 0, b: 1 });
  b.stands.sessions = 7;
  a.stands.sessions = 3;
  clock.advance(5_000);
  await rest();
  expect(seen()).toEqual({ a: 3, b: 7 });
  cluster.giveUp(b.bus.self.life);
  expect(seen()).toEqual({ a: 3 });
});
