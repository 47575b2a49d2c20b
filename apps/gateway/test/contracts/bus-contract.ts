import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import type { Bus, NodeLife } from '../../src/cluster/bus.ts';
import { eventually } from '../support/eventually.ts';
import { readAll } from '../support/read-all.ts';
import { untilBroken, untilClosed } from '../support/stream-ends.ts';

/** A cluster of a test, and what can be done to its nodes. */
export type BusRig = AsyncDisposable & {
  join(node: string): Promise<Bus>;
  /** Its lease runs out, because nothing of it comes through; resolves when it knows that. */
  silence(bus: Bus): Promise<void>;
  /** What it says comes through again. */
  mend(bus: Bus): void;
};

/** What whoever builds on a bus relies on, whatever carries it. */
export function busContract(open: () => Promise<BusRig>): void {
  /** Three nodes, which have told what happened to them. */
  async function openThree() {
    const rig = await open();
    const join = async (node: string) => {
      const bus = await rig.join(node);
      const told: unknown[] = [];
      bus.onGone(({ life }) => told.push(['gone', life]));
      bus.onHeld((isHeld) => told.push(['held', isHeld]));
      bus.onLost(({ life }) => told.push(['lost', life]));
      return { bus, told };
    };
    const [one, two, other] = [await join('one'), await join('two'), await join('two')];
    const all = [one, two, other].map(({ bus }) => bus.self);
    for (const { bus } of [one, two, other])
      await eventually(() => namesOf(bus.nodes())).toEqual(namesOf(all));
    return { rig, one, two, other };
  }

  /** Both sides of a stream from one to the other. */
  async function connected(from: Bus, to: Bus) {
    const taken = Promise.withResolvers<{ far: Duplex; from: string }>();
    to.onConnect((far, life) => taken.resolve({ far, from: life }));
    const near = await from.connect(to.self.life);
    return { near, ...(await taken.promise) };
  }

  it('every node knows all of them, and two of one name are two lives', async () => {
    const { rig, one, two, other } = await openThree();
    await using _ = rig;
    expect(two.bus.self).toEqual({
      ...other.bus.self,
      life: two.bus.self.life,
      startedAt: expect.any(Number),
    });
    expect(two.bus.self.life).not.toBe(other.bus.self.life);
    expect(one.bus.isHeld).toBe(true);
    expect(await one.bus.find(two.bus.self.life)).toEqual(two.bus.self);
    expect(await one.bus.find('9f3d2f4e-5d4c-4a8e-9a57-2f1f6f0a6b11')).toBeUndefined();
  });

  it('of a lease that is given back all others are told, once', async () => {
    const { rig, one, two, other } = await openThree();
    await using _ = rig;
    const { life } = two.bus.self;
    await Promise.all([two.bus.close(), two.bus.close()]);
    for (const { told } of [one, other]) await eventually(() => told).toEqual([['gone', life]]);
    expect(namesOf(one.bus.nodes())).toEqual(namesOf([one.bus.self, other.bus.self]));
    expect(await one.bus.find(life)).toBeUndefined();
    expect(two.bus.isHeld).toBe(false);
    await expect(one.bus.connect(life)).rejects.toMatchObject({ code: 'RECONNECT_REQUIRED' });
  });

  it('a node that cannot renew knows it before others do, and comes back as another life', async () => {
    const { rig, one, two, other } = await openThree();
    await using _ = rig;
    const { self } = two.bus;
    const { near, far } = await connected(one.bus, two.bus);
    const broken = [near, far].map(untilClosed);
    const heldWhenGone: boolean[] = [];
    one.bus.onGone(() => heldWhenGone.push(two.bus.isHeld));
    await rig.silence(two.bus);
    for (const { told } of [one, other]) await eventually(() => told).toEqual([['gone', self.life]]);
    expect(heldWhenGone).toEqual([false]);
    expect(two.told).toEqual([['held', false]]);
    rig.mend(two.bus);
    await eventually(() => two.told).toEqual([
      ['held', false],
      ['lost', self.life],
      ['held', true],
    ]);
    await Promise.all(broken);
    const { life } = two.bus.self;
    expect(two.bus.self).toEqual({ ...self, life, startedAt: expect.any(Number) });
    expect(life).not.toBe(self.life);
    await eventually(() => one.bus.find(life)).toEqual(two.bus.self);
    expect(await one.bus.find(self.life)).toBeUndefined();
    expect(one.told).toEqual([['gone', self.life]]);
  });

  it('bytes go both ways as they are, and each side ends by itself', async () => {
    const { rig, one, two } = await openThree();
    await using _ = rig;
    const { near, far, from } = await connected(one.bus, two.bus);
    expect(from).toBe(one.bus.self.life);
    const all = randomBytes(1_000_000);
    near.end(all);
    expect((await readAll(far)).equals(all)).toBe(true);
    far.end('that was all');
    expect((await readAll(near)).toString()).toBe('that was all');
  });

  it('who does not read is not sent without end, and loses nothing', async () => {
    const { rig, one, two } = await openThree();
    await using _ = rig;
    const { near, far } = await connected(one.bus, two.bus);
    const piece = randomBytes(10_000);
    let count = 0;
    while (near.write(piece)) count += 1;
    for (; near.writableNeedDrain && count < 500; count += 1) near.write(piece);
    near.end();
    expect(near.writableLength).toBeGreaterThan(1_000_000);
    expect((await readAll(far)).length).toBe((count + 1) * piece.length);
  });

  it('a side that goes away is seen by the other', async () => {
    const { rig, one, two } = await openThree();
    await using _ = rig;
    const { near, far } = await connected(one.bus, two.bus);
    near.destroy();
    expect(await untilBroken(far)).toMatchObject({ code: 'ECONNRESET' });
  });

  it('what is told is heard by all others who listen for it, in order', async () => {
    const { rig, one, two, other } = await openThree();
    await using _ = rig;
    const heard: string[] = [];
    for (const { bus, told } of [one, two, other]) {
      bus.onTold('changes', (data) => told.push(data));
      bus.onTold('other', () => told.push('no'));
    }
    other.bus.onTold('changes', (data) => heard.push(data));
    const words = ['first', 'second', 'third'];
    for (const word of words) one.bus.tell('changes', word);
    for (const { told } of [two, other]) await eventually(() => told).toEqual(words);
    expect({ told: one.told, heard }).toEqual({ told: [], heard: words });
  });
}

const namesOf = (nodes: readonly NodeLife[]): string[] =>
  nodes.map(({ node, life }) => `${node} ${life}`).sort();
