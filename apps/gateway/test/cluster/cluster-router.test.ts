import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClusterRouter } from '../../src/cluster/cluster-router.ts';
import { LeaseDoubt } from '../../src/cluster/lease-doubt.ts';
import { LostWork } from '../../src/cluster/lost-work.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { MemoryCluster } from '../support/memory-cluster.ts';
import { createMemoryOwnerTable } from '../support/memory-owner-table.ts';

/** Nodes with the sessions that each of them believes to work for. */
function openCluster(workspaces: readonly string[] = ['disk', 'disk']) {
  const table = createMemoryOwnerTable();
  const clock = createManualClock();
  const cluster = new MemoryCluster();
  const nodes = workspaces.map((workspace, index) => openNode(`node-${index}`, workspace));

  function openNode(node: string, workspace: string) {
    const bus = cluster.open({ node, workspace });
    const here = new Set<string>();
    const state = { canBring: true };
    const parts = { bus, owners: table, clock, logger: silentLogger, random: () => 0, leaseMs: 10_000 };
    const router: ClusterRouter = new ClusterRouter({
      ...{ ...parts, writesAs: bus.self.life },
      bring(id) {
        here.add(id);
        if (!state.canBring) throw new Error('not to be read');
      },
      drop: (id) => void here.delete(id),
      hand: async (id) => void here.delete(id),
    });
    const lostWork = new LostWork({ ...parts, router });
    new LeaseDoubt({ ...parts, router });
    /** A session begins here. */
    function begin(id: string, { isUnfinished = false } = {}) {
      const { life } = bus.self;
      table.rows.set(id, { life, fence: router.begin(id), workspace });
      table.sessions.set(id, isUnfinished);
      here.add(id);
    }
    return { bus, here, state, router, lostWork, begin };
  }

  const [a, b] = nodes;
  if (!a || !b) throw new Error('two nodes at least');
  return {
    ...{ table, clock, nodes, a, b },
    /** Its lease runs out, and the others wait no longer for it. */
    async lose({ bus }: typeof a) {
      bus.goSilent();
      cluster.giveUp(bus.self.life);
      clock.advance(1_000);
      await rest();
    },
    /** A second in which nobody hears of anybody. */
    async second() {
      clock.advance(1_000);
      await rest();
    },
  };
}

/** All that was promised already is done. */
const rest = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('whose a session is in a cluster', () => {
  test('who asks first has it, and the others are led there', async () => {
    const { table, a, b } = openCluster();
    table.sessions.set('s', false);
    expect(await a.router.place('s')).toBe('here');
    expect(await b.router.place('s')).toEqual({ life: a.bus.self.life });
    expect(table.rows.get('s')).toEqual({ life: a.bus.self.life, fence: 1, workspace: 'disk' });
  });

  test('what does not exist is taken up by nobody, however often somebody asks', async () => {
    const { table, a } = openCluster();
    expect(await a.router.place('made-up')).toBe('here');
    expect(table.rows.size).toBe(0);
  });

  test('two that ask at once agree on one', async () => {
    const { table, a, b } = openCluster();
    table.sessions.set('s', false);
    const asked = [a, b, a].map(({ router }) => router.place('s'));
    expect(await Promise.all(asked)).toEqual(['here', { life: a.bus.self.life }, 'here']);
    expect(b.here.size).toBe(0);
  });

  test('[C4] what a lost node had to do is gone on with, with a higher fence; the rest when somebody asks', async () => {
    const { table, lose, a, b } = openCluster();
    a.begin('busy', { isUnfinished: true });
    a.begin('idle');
    await lose(a);
    expect([...b.here]).toEqual(['busy']);
    expect(table.rows.get('busy')).toMatchObject({ life: b.bus.self.life, fence: 2 });
    expect(await b.router.place('idle')).toBe('here');
  });

  test('what a lost node left is asked for until the database answers', async () => {
    const { table, lose, second, a, b } = openCluster();
    a.begin('busy', { isUnfinished: true });
    table.failure = new Error('down');
    await lose(a);
    expect(b.here.size).toBe(0);
    table.failure = undefined;
    await second();
    expect([...b.here]).toEqual(['busy']);
  });

  test('a folder on the disk of another node: led to a node with it, or told in words that none is up', async () => {
    const { table, lose, a, b } = openCluster(['disk', 'other-disk']);
    table.sessions.set('s', false);
    table.rows.set('s', { life: null, fence: 1, workspace: 'other-disk' });
    expect(await a.router.place('s')).toEqual({ life: b.bus.self.life });
    await lose(b);
    await expect(a.router.place('s')).rejects.toMatchObject({
      code: 'RECONNECT_REQUIRED',
      message: expect.stringContaining('other-disk'),
    });
  });

  test('a node whose lease is in doubt takes up nothing, and lets go of what others have by now', async () => {
    const { table, second, a, b } = openCluster();
    a.begin('s');
    a.bus.goSilent();
    table.sessions.set('other', false);
    expect(await a.router.place('other')).toEqual({ life: b.bus.self.life });
    table.rows.set('s', { life: b.bus.self.life, fence: 2, workspace: 'disk' });
    await second();
    expect(a.here.size).toBe(0);
  });

  test('a node that was cut off and given up keeps what nobody took meanwhile', async () => {
    const { table, clock, lose, a, b } = openCluster();
    a.begin('busy', { isUnfinished: true });
    a.begin('idle');
    await lose(a);
    a.bus.comeBack();
    await rest();
    clock.advance(1_000);
    await rest();
    expect([...a.here]).toEqual(['idle']);
    expect([...b.here]).toEqual(['busy']);
    expect(table.rows.get('idle')).toMatchObject({ life: a.bus.self.life, fence: 1 });
  });

  test('who reaches neither the others nor the database for as long as those wait lets go of everything', async () => {
    const { table, second, a } = openCluster();
    a.begin('s');
    a.bus.goSilent();
    table.failure = new Error('down');
    for (let seconds = 0; seconds < 9; seconds += 1) await second();
    expect([...a.here]).toEqual(['s']);
    for (let seconds = 0; seconds < 3; seconds += 1) await second();
    expect(a.here.size).toBe(0);
  });

  test('what cannot be brought here is nobody’s again, and no copy of it stays', async () => {
    const { table, a } = openCluster();
    table.sessions.set('s', false);
    a.state.canBring = false;
    await expect(a.router.place('s')).rejects.toThrow('not to be read');
    expect(table.rows.get('s')).toMatchObject({ life: null });
    expect(a.here.size).toBe(0);
    a.state.canBring = true;
    expect(await a.router.place('s')).toBe('here');
  });

  test('[C4] a node that leaves gives its sessions away and takes no more', async () => {
    const { a, b } = openCluster();
    a.begin('s');
    await a.router.leave();
    expect(a.here.size).toBe(0);
    expect(await a.router.place('s')).toEqual({ life: b.bus.self.life });
    expect(await b.router.place('s')).toBe('here');
  });

  test('what was left without anybody noticing is found by whoever looks', async () => {
    const { table, b } = openCluster();
    table.sessions.set('waiting', true);
    table.sessions.set('left', true);
    table.rows.set('left', { life: 'long gone', fence: 7, workspace: 'disk' });
    await b.lostWork.look();
    expect([...b.here].sort()).toEqual(['left', 'waiting']);
    expect(table.rows.get('left')).toMatchObject({ fence: 8 });
  });

  test('[R3] a node that stood still leads to the new owner at once, before it has found out what it lost', async () => {
    const { table, a, b } = openCluster();
    a.begin('s');
    a.begin('kept');
    table.sessions.set('s', false);
    a.bus.goSilent();
    table.rows.set('s', { life: b.bus.self.life, fence: 2, workspace: 'disk' });
    expect(await a.router.place('s')).toEqual({ life: b.bus.self.life });
    expect(await a.router.place('kept')).toBe('here');
    expect([...a.here]).toEqual(['kept']);
  });

  test('what a node in doubt has let go of and nobody took it finds by itself', async () => {
    const { table, a } = openCluster();
    a.begin('busy', { isUnfinished: true });
    a.router.letGoOfAll();
    await a.lostWork.look();
    expect([...a.here]).toEqual(['busy']);
    expect(table.rows.get('busy')).toMatchObject({ life: a.bus.self.life, fence: 2 });
  });

  test('a node that was given up while it started writes as the life that it has by then', async () => {
    const { table, a } = openCluster();
    const moved: string[][] = [];
    const move: typeof table.move = (from, to) => {
      moved.push([from, to]);
      return table.move(from, to);
    };
    const parts = { owners: { ...table, move }, writesAs: 'given-up', clock: createManualClock() };
    const nothing = { bring() {}, drop() {}, hand: async () => {} };
    const router = new ClusterRouter({
      ...{ ...parts, ...nothing, bus: a.bus, logger: silentLogger, random: () => 0 },
    });
    table.sessions.set('s', false);
    expect(await router.place('s')).toBe('here');
    expect(moved).toEqual([['given-up', a.bus.self.life]]);
  });

  test('whoever is asked, cut off and back in whatever order, who works for a session is its owner, and alone', async () => {
    const act = fc.record({
      node: fc.nat(2),
      session: fc.nat(3),
      what: fc.constantFrom('ask', 'ask', 'ask', 'lose', 'come back', 'wait'),
    });
    const at = (node: number, session: number, what: 'ask' | 'lose' | 'come back' | 'wait') => ({
      ...{ node, session, what },
    });
    const givenUpTwice = (['lose', 'come back', 'lose'] as const).map((what) => at(2, 0, what));
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const { table, nodes, lose, second } = openCluster(['disk', 'disk', 'disk']);
        for (const { node: index, session, what } of acts) {
          const node = nodes[index];
          if (!node) continue;
          const id = `s${session}`;
          table.sessions.set(id, session % 2 === 0);
          if (what === 'ask') void node.router.place(id).catch(() => undefined);
          else if (what === 'lose' && node.bus.isHeld) await lose(node);
          else if (what === 'come back') node.bus.comeBack();
          else await second();
        }
        for (const { bus } of nodes) bus.comeBack();
        for (let seconds = 0; seconds < 4; seconds += 1) await second();
        for (const [id, { life }] of table.rows) {
          const workers = nodes.filter(({ here }) => here.has(id)).map(({ bus }) => bus.self.life);
          expect(workers).toEqual(life === null ? [] : [life]);
        }
      }),
      // Given up again before what it had was its next life's.
      { examples: [[[at(2, 1, 'ask'), at(0, 0, 'lose'), ...givenUpTwice]]] },
    );
  });
});
