import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createDice, openNodes } from './support/pressed-nodes.ts';

const seed = Number(process.env.HOTPLEX_TEST_SEED ?? Date.now() % 2 ** 31);
beforeAll(() => console.info(`HOTPLEX_TEST_SEED=${seed}`));

/** By how many prompts the worst window of all had more than its length times the rate. */
function worstWindow(admitted: readonly number[], limit: number): number {
  let least = Number.POSITIVE_INFINITY;
  let worst = 0;
  for (const [index, at] of admitted.entries()) {
    const expected = (limit / 60_000) * at;
    least = Math.min(least, index - expected);
    worst = Math.max(worst, index + 1 - expected - least);
  }
  return worst;
}

/** A limit, one more for each node, and what comes anew while an answer may be on its way. */
const bound = (limit: number, nodes: number) => limit + (nodes > 1 ? nodes + limit / 60 : 0) + 1e-6;

const anyWay = fc.record({
  slowestMs: fc.constantFrom(0, 20, 300, 3_000, 40_000),
  lost: fc.constantFrom(0, 0.1, 0.5, 1),
});
const anyCluster = fc.record({
  count: fc.integer({ min: 1, max: 6 }),
  limit: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 400 })),
  way: anyWay,
  dice: fc.nat(),
});
const anySteps = fc.array(
  fc.record({
    at: fc.nat({ max: 5 }),
    times: fc.integer({ min: 1, max: 90 }),
    ms: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 20_000 })),
  }),
  { minLength: 1, maxLength: 150 },
);

test('[B4] nobody may send more at all nodes together than at one, but one prompt for each node and what comes in a second', () => {
  fc.assert(
    fc.property(anyCluster, anySteps, (options, steps) => {
      const { clock, node, admitted } = openNodes(options);
      for (const { at, times, ms } of steps) {
        node(at).send(times);
        clock.advance(ms);
      }
      expect(worstWindow(admitted, options.limit)).toBeLessThanOrEqual(bound(options.limit, options.count));
    }),
    { seed, numRuns: 300 },
  );
});

test.each([15, 31])(
  '[B4] a gift that comes when its giver has it back is none, also after %i prompts just before',
  (before) => {
    const way = { quickestMs: 60_000, slowestMs: 60_000, lost: 0 };
    const { node, clock, admitted } = openNodes({ count: 2, limit: 60, way, dice: seed });
    node(0).send(31);
    clock.advance(119_999);
    admitted.length = 0;
    node(0).send(before);
    clock.advance(2);
    node(0).send(99);
    node(1).send(99);
    expect(admitted.length).toBeLessThanOrEqual(bound(60, 2));
  },
);

test('[B4] a node that comes brings its share, and no more', () => {
  fc.assert(
    fc.property(anyCluster, anySteps, fc.nat({ max: 60 }), (options, steps, when) => {
      const { clock, node, admitted, join } = openNodes(options);
      for (const [index, { at, times, ms }] of steps.entries()) {
        if (index === when) join();
        node(at).send(times);
        clock.advance(ms);
      }
      const nodes = options.count + 1;
      const brought = options.limit / nodes;
      expect(worstWindow(admitted, options.limit)).toBeLessThanOrEqual(bound(options.limit, nodes) + brought);
    }),
    { seed, numRuns: 300 },
  );
});

const quick = { slowestMs: 20, lost: 0 };
const anyQuickCluster = fc.record({
  count: fc.integer({ min: 2, max: 8 }),
  limit: fc.integer({ min: 1, max: 600 }),
  way: fc.constant(quick),
  dice: fc.nat(),
});
/** How long a node may be behind that has to ask all others, milliseconds. */
const behindMs = (nodes: number) => nodes * 250;

test('[B4] a user at one node alone has the whole rate there, whatever was at the others five seconds ago', () => {
  fc.assert(
    fc.property(anyQuickCluster, anySteps, (options, steps) => {
      const { clock, node } = openNodes(options);
      for (const { at, times, ms } of steps) {
        node(at).send(times);
        clock.advance(ms);
      }
      clock.advance(5_000);
      node(0).press(90_000, (passed, ms) => {
        const whole = (options.limit / 60_000) * Math.max(0, ms - behindMs(options.count));
        // Each of the others gets back the one that it keeps.
        expect(passed).toBeGreaterThanOrEqual(Math.floor(whole) - options.count);
      });
    }),
    { seed, numRuns: 40 },
  );
});

test('[B4] a user who was quiet for a minute may send a whole burst at whichever node, and is not kept waiting for it', () => {
  fc.assert(
    fc.property(anyQuickCluster, anySteps, (options, steps) => {
      const { clock, node } = openNodes(options);
      for (const { at, times, ms } of steps) {
        node(at).send(times);
        clock.advance(ms);
      }
      clock.advance(60_000 * (1 + options.count / options.limit));
      expect(node(0).press(behindMs(options.count))).toBeGreaterThanOrEqual(options.limit);
    }),
    { seed, numRuns: 40 },
  );
});

test('[B4] at two nodes at once a user has the whole rate between them, also where he sends little at one', () => {
  const { node } = openNodes({ count: 3, limit: 120, way: quick, dice: seed });
  const [much, little] = [node(0), node(1)];
  much.press(10_000);
  little.press(10_000);
  let passed = 0;
  for (let time = 0; time < 40; time += 1) passed += little.send(1) + much.press(3_000);
  // 240 came anew in two minutes; half a share is kept where he sends little.
  expect(passed).toBeGreaterThanOrEqual(240 - 25);
});

test('[B4] who presses at one node finds one prompt left at each other, and half of what is a node’s where he was just now', () => {
  const { node } = openNodes({ count: 3, limit: 120, way: quick, dice: seed });
  node(1).send(1);
  node(0).press(4_000);
  expect(node(1).send(99)).toBe(20);
  expect(node(2).send(99)).toBe(1);
  node(0).press(20_000);
  expect(node(1).send(99)).toBe(1);
});

test('[B4] without NATS each node counts for itself: nobody has more at one than with one gateway, and nobody less', () => {
  fc.assert(
    fc.property(anyCluster, anySteps, fc.nat(), (options, steps, dice) => {
      const { clock, nodes, admitted } = openNodes(options);
      const random = createDice(dice);
      for (const { bus } of nodes) bus.isHeld = false;
      for (const { press } of nodes) {
        admitted.length = 0;
        for (const { ms } of steps.slice(0, 5)) {
          press(random() * 3_000);
          clock.advance(ms);
        }
        const came = press(60_000);
        expect(came).toBeGreaterThanOrEqual(options.limit - 1);
        expect(worstWindow(admitted, options.limit)).toBeLessThanOrEqual(options.limit + 1e-6);
      }
      // What each has saved up meanwhile is not for all of them together.
      clock.advance(60_000);
      for (const { bus } of nodes) bus.isHeld = true;
      admitted.length = 0;
      for (const { send } of nodes) send(500);
      expect(admitted.length).toBeLessThanOrEqual(bound(options.limit, options.count));
    }),
    { seed, numRuns: 30 },
  );
});

test('[B4] a node whose asks are not answered lets as many in as come anew for it, and goes on when they are', () => {
  const way = { slowestMs: 20, lost: 1 };
  const { node } = openNodes({ count: 2, limit: 60, way, dice: seed });
  // Half of 60 and one, and half of what comes anew.
  expect(node(0).press(20_000)).toBe(31 + 9);
  way.lost = 0;
  // What the other one had, but for the one it keeps, and all that comes anew.
  expect(node(0).press(20_000)).toBeGreaterThanOrEqual(30 + 18);
});

test('[B4] who sends little asks nobody, and who presses for all asks four times a second', () => {
  const { node, clock, asks } = openNodes({ count: 3, limit: 120, way: quick, dice: seed });
  for (let time = 0; time < 60; time += 1) {
    expect(node(0).send(1)).toBe(1);
    clock.advance(2_000);
  }
  expect(asks()).toBe(0);
  node(0).press(20_000);
  const before = asks();
  node(0).press(20_000);
  expect(asks() - before).toBeLessThanOrEqual(80);
});

test('[B4] who has to wait is told when something comes anew anywhere', () => {
  const { node } = openNodes({ count: 2, limit: 60, way: { slowestMs: 0, lost: 1 }, dice: seed });
  node(0).send(99);
  expect(node(0).wait()).toBe(1_000);
});

test('what another node says that is not understood changes nothing', () => {
  const { node, clock } = openNodes({ count: 2, limit: 60, way: { slowestMs: 0, lost: 0 }, dice: seed });
  const { bus } = node(1);
  const to = node(0).bus.self.life;
  const from = bus.self.life;
  for (const ask of [{}, { to, from, number: 1, rate: 'prompts', user: 'ann', want: -5 }, { to, from: 'me' }])
    bus.tell('rate-asks', JSON.stringify(ask));
  bus.tell('rate-gifts', JSON.stringify({ to, number: 7, rate: 'prompts', user: 'ann', gift: 1_000 }));
  bus.tell('rate-asks', JSON.stringify({ to, from, number: 1, rate: 'other', user: 'ann', want: 5 }));
  clock.advance(1);
  expect(node(0).send(99)).toBe(31);
});
