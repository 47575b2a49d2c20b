import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Bus } from '../../src/cluster/bus.ts';
import { eventually } from '../support/eventually.ts';
import { untilBroken } from '../support/stream-ends.ts';
import { openNatsRig } from './support/open-nats-rig.ts';

const leaseMs = 2_000;

/** Two nodes that know each other, and what they were told. */
async function openTwo() {
  const rig = await openNatsRig({ leaseMs });
  const told: string[] = [];
  const join = async (name: string): Promise<Bus> => {
    const bus = await rig.join(name);
    bus.onGone(({ node }) => told.push(`${name}: ${node} is gone`));
    bus.onHeld((isHeld) => told.push(`${name} is ${isHeld ? 'held' : 'not held'}`));
    bus.onLost(() => told.push(`${name} is lost`));
    return bus;
  };
  const [one, two] = [await join('one'), await join('two')];
  const lives = [one, two].map(({ self }) => self);
  const knowsBoth = (bus: Bus) => eventually(() => [...bus.nodes()].sort(byName)).toEqual(lives);
  await knowsBoth(one);
  return { rig, told, join, one, two, knowsBoth };
}

it('a restart of NATS that is shorter than the lease is noticed by nobody', async () => {
  const { rig, told, join, one, two, knowsBoth } = await openTwo();
  await using _ = rig;
  const heard: string[] = [];
  two.onTold('words', (data) => heard.push(data));
  await rig.server.kill();
  await rig.server.start();
  // Long enough for a lease that was not renewed to be over, and for who follows no more to give the other up.
  await setTimeout(leaseMs * 1.5);
  await Promise.all([one, two].map(knowsBoth));
  one.tell('words', 'still there');
  await eventually(() => heard).toEqual(['still there']);
  const three = await join('three');
  await eventually(() =>
    two
      .nodes()
      .map(({ node }) => node)
      .sort(),
  ).toEqual(['one', 'three', 'two']);
  expect(await untilBroken(await one.connect(two.self.life))).toMatchObject({ code: 'ECONNRESET' });
  expect(told).toEqual([]);
  expect(three.isHeld).toBe(true);
});

it('a longer one is survived: lives that nobody gave up go on, and who is not back is gone', async () => {
  const { rig, told, join, one, two, knowsBoth } = await openTwo();
  await using _ = rig;
  const three = await join('three');
  await eventually(() => one.nodes().length).toBe(3);
  await rig.server.kill();
  await eventually(() => [one, two, three].map(({ isHeld }) => isHeld)).toEqual([false, false, false]);
  await expect(one.find('9f3d2f4e-5d4c-4a8e-9a57-2f1f6f0a6b11')).rejects.toMatchObject({
    code: 'RECONNECT_REQUIRED',
  });
  await expect(one.connect(two.self.life)).rejects.toMatchObject({ code: 'RECONNECT_REQUIRED' });
  rig.die(three);
  await rig.server.start();
  await eventually(() => [one, two].map(({ isHeld }) => isHeld)).toEqual([true, true]);
  expect(told.filter((word) => word.includes('gone') || word.includes('lost'))).toEqual([]);
  await eventually(() => told.filter((word) => word.includes('gone')).sort()).toEqual([
    'one: three is gone',
    'two: three is gone',
  ]);
  await Promise.all([one, two].map(knowsBoth));
});

it('after a NATS that kept nothing all are there again, as other lives', async () => {
  const { rig, told, one, two } = await openTwo();
  await using _ = rig;
  const before = [one, two].map(({ self }) => self.life);
  await rig.server.kill();
  await rig.server.start({ isEmpty: true });
  await eventually(() => told.filter((word) => word.includes('lost')).sort()).toEqual([
    'one is lost',
    'two is lost',
  ]);
  await eventually(() => told.filter((word) => word.includes('gone')).sort()).toEqual([
    'one: two is gone',
    'two: one is gone',
  ]);
  const after = [one, two].map(({ self }) => self.life);
  await eventually(() =>
    [one, two].map((bus) =>
      bus
        .nodes()
        .map(({ life }) => life)
        .sort(),
    ),
  ).toEqual([[...after].sort(), [...after].sort()]);
  expect(after.filter((life) => before.includes(life))).toEqual([]);
});

it('a node whose link went dead gets a new one in time, if there is one', async () => {
  const { rig, told, one, two, knowsBoth } = await openTwo();
  await using _ = rig;
  const stream = await one.connect(two.self.life);
  rig.cut(two);
  stream.write('lost');
  expect(await untilBroken(stream)).toMatchObject({ code: 'ECONNRESET' });
  await setTimeout(leaseMs * 1.5);
  await knowsBoth(one);
  expect(told).toEqual([]);
});

const byName = (a: { node: string }, b: { node: string }): number => a.node.localeCompare(b.node);
