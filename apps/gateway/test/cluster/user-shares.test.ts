import { expect, test } from 'vitest';
import { UserShares } from '../../src/cluster/user-shares.ts';
import type { UserShare } from '../../src/ground/user-share.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { MemoryCluster } from '../support/memory-cluster.ts';
import { rest } from './support/rest.ts';

/** Three nodes that say each second what users have there. */
function openNodes() {
  const cluster = new MemoryCluster();
  const clock = createManualClock();
  const [a, b, c] = ['a', 'b', 'c'].map((node) => {
    const bus = cluster.open({ node, workspace: 'disk' });
    const users = new Map<string, UserShare>();
    return { bus, users, shares: new UserShares({ bus, clock, read: () => new Map(users) }) };
  });
  if (!a || !b || !c) throw new Error('three nodes');
  const seconds = async (count: number) => {
    for (let second = 0; second < count; second += 1) {
      clock.advance(1_000);
      await rest();
    }
  };
  /** Another one, which knows nothing yet. */
  const join = () =>
    new UserShares({ bus: cluster.open({ node: 'd', workspace: 'disk' }), clock, read: () => new Map() });
  return { ...{ a, b, c, cluster, seconds, join } };
}

test('[B4] what a user has at the other nodes is known within a second, and so is that it is over', async () => {
  const { a, b, c, seconds } = openNodes();
  b.users.set('ann', { connections: 2, agents: 1 });
  c.users.set('ann', { connections: 1, agents: 0 });
  a.users.set('ann', { connections: 9, agents: 9 });
  await seconds(1);
  expect(a.shares.elsewhere('ann')).toEqual({ connections: 3, agents: 1 });
  expect(a.shares.elsewhere('ben')).toEqual({ connections: 0, agents: 0 });
  b.users.delete('ann');
  await seconds(1);
  expect(a.shares.elsewhere('ann')).toEqual({ connections: 1, agents: 0 });
});

test('[B4] what a node had is over with its lease', async () => {
  const { a, b, cluster, seconds } = openNodes();
  b.users.set('ann', { connections: 2, agents: 1 });
  await seconds(1);
  cluster.giveUp(b.bus.self.life);
  expect(a.shares.elsewhere('ann')).toEqual({ connections: 0, agents: 0 });
  await seconds(6);
  expect(a.shares.elsewhere('ann')).toEqual({ connections: 0, agents: 0 });
});

test('a node that cannot renew its lease counts for itself, and keeps nobody out for what it heard before', async () => {
  const { a, b, seconds } = openNodes();
  b.users.set('ann', { connections: 2, agents: 1 });
  await seconds(1);
  a.bus.goSilent();
  expect(a.shares.elsewhere('ann')).toEqual({ connections: 0, agents: 0 });
  a.bus.comeBack();
  expect(a.shares.elsewhere('ann')).toEqual({ connections: 2, agents: 1 });
});

test('[B4] a node that just came is told of all within a second', async () => {
  const { a, seconds, join } = openNodes();
  a.users.set('ann', { connections: 2, agents: 1 });
  await seconds(6);
  const shares = join();
  await seconds(1);
  expect(shares.elsewhere('ann')).toEqual({ connections: 2, agents: 1 });
});

test('what was lost on the way is made up for when all is told again, in pieces', async () => {
  const { a, b, seconds } = openNodes();
  const { tell } = b.bus;
  for (let user = 0; user < 100; user += 1) b.users.set(`user-${user}`, { connections: 1, agents: 0 });
  const sizes: number[] = [];
  b.bus.tell = (topic, data) => {
    sizes.push(data.length);
    tell.call(b.bus, topic, data);
  };
  await seconds(5);
  expect(a.shares.elsewhere('user-99').connections).toBe(1);
  expect(Math.max(...sizes)).toBeLessThan(4_000);
  b.bus.tell = () => {};
  b.users.clear();
  b.users.set('new', { connections: 1, agents: 0 });
  await seconds(1);
  expect(a.shares.elsewhere('user-99').connections).toBe(1);
  b.bus.tell = tell;
  await seconds(5);
  expect(a.shares.elsewhere('user-99').connections).toBe(0);
  expect(a.shares.elsewhere('new').connections).toBe(1);
});

test('a node that was given up and is back tells all of it as the life that it has now', async () => {
  const { a, b, cluster, seconds } = openNodes();
  b.users.set('ann', { connections: 1, agents: 0 });
  await seconds(1);
  b.bus.goSilent();
  cluster.giveUp(b.bus.self.life);
  b.bus.comeBack();
  await seconds(1);
  expect(a.shares.elsewhere('ann')).toEqual({ connections: 1, agents: 0 });
});
