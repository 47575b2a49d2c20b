import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClusterRouter } from '../../src/cluster/cluster-router.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { rest } from './support/rest.ts';
import { openCluster } from './support/routed-nodes.ts';

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

  test('[C4] what cannot be given away at the moment is given away later', async () => {
    const { table, second, a, b } = openCluster();
    a.begin('s');
    a.state.canHand = false;
    const left = a.router.leave();
    await second();
    expect([...a.here]).toEqual(['s']);
    a.state.canHand = true;
    table.failure = new Error('down');
    await second();
    expect(table.rows.get('s')).toMatchObject({ life: a.bus.self.life });
    table.failure = undefined;
    await second();
    await left;
    expect(table.rows.get('s')).toMatchObject({ life: null });
    expect(await b.router.place('s')).toBe('here');
  });

  test('[C4] what is being taken up when a node begins to leave is given away, too', async () => {
    const { table, a } = openCluster();
    table.sessions.set('s', false);
    const { claim } = table;
    const gate = Promise.withResolvers<void>();
    table.claim = async (...of) => {
      await gate.promise;
      return claim(...of);
    };
    const asked = a.router.place('s');
    await rest();
    const left = a.router.leave();
    gate.resolve();
    expect(await asked).toBe('here');
    await left;
    expect(a.here.size).toBe(0);
    expect(table.rows.get('s')).toMatchObject({ life: null });
  });

  test('[C4] what is a leaving node’s and nobody has asked for since is taken up by whoever is asked for it', async () => {
    const { a, b } = openCluster();
    a.begin('s');
    a.router.letGoOfAll();
    await a.router.leave();
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
