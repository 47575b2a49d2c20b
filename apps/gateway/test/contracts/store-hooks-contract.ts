import { expect, it } from 'vitest';
import type { NewHookDelivery } from '../../src/ground/hook-delivery.ts';
import type { Store } from '../../src/store/store.ts';
import { sessionRecord } from '../store/support/records.ts';

const delivery = (eventId: string, target = 'chat'): NewHookDelivery => ({
  ...{ target, eventId, sessionId: 'session-1', message: '{}' },
});

/** What an outbox of hooks must do, whatever keeps it. */
export function storeHooksContract(open: () => Promise<Store>): void {
  async function openWith(deliveries: readonly NewHookDelivery[]): Promise<Store> {
    const store = await open();
    store.create(sessionRecord());
    store.commit('session-1', { deliveries }, 1_000);
    return store;
  }

  it('what is to be told is stored with its step or not at all', async () => {
    const store = await openWith([delivery('a')]);
    expect(() => store.commit('nobody', { deliveries: [delivery('b')] }, 1_000)).toThrow();
    const first = store.nextDelivery('chat');
    expect(first).toMatchObject({
      ...delivery('a'),
      state: 'waiting',
      attempts: 0,
      dueAt: 1_000,
      problem: null,
    });
    store.forgetDelivery(first?.id ?? 0);
    expect(store.nextDelivery('chat')).toBeUndefined();
    store.close();
  });

  it('each target has a queue of its own, and what is due first comes first', async () => {
    const store = await openWith([delivery('a'), delivery('b'), delivery('c', 'other')]);
    const first = store.nextDelivery('chat');
    store.postponeDelivery(first?.id ?? 0, 9_000, 'it answers 500');
    expect(store.nextDelivery('chat')).toMatchObject({ eventId: 'b' });
    store.forgetDelivery(store.nextDelivery('chat')?.id ?? 0);
    expect(store.nextDelivery('chat')).toMatchObject({
      ...{ eventId: 'a', attempts: 1, dueAt: 9_000, problem: 'it answers 500' },
    });
    expect(store.nextDelivery('other')).toMatchObject({ eventId: 'c' });
    store.close();
  });

  it('a dead one is no longer next, until it is revived', async () => {
    const store = await openWith([delivery('a')]);
    const id = store.nextDelivery('chat')?.id ?? 0;
    store.buryDelivery(id, 'it answers 410');
    expect(store.nextDelivery('chat')).toBeUndefined();
    expect(store.deadDeliveries()).toMatchObject([{ id, attempts: 1, problem: 'it answers 410' }]);
    expect(store.reviveDelivery(id, 5_000)).toBe(true);
    expect(store.reviveDelivery(id, 5_000)).toBe(false);
    expect(store.nextDelivery('chat')).toMatchObject({ id, attempts: 0, dueAt: 5_000 });
    store.close();
  });

  it('of the dead the newest thousand are kept', async () => {
    const store = await openWith(Array.from({ length: 1_003 }, (_, at) => delivery(`e${at}`)));
    for (let at = 0; at < 1_003; at += 1) store.buryDelivery(store.nextDelivery('chat')?.id ?? 0, 'no');
    const dead = store.deadDeliveries();
    expect([dead.length, dead[0]?.eventId]).toEqual([1_000, 'e3']);
    store.close();
  });

  it('what waits for a target that is no more is dead', async () => {
    const store = await openWith([delivery('a'), delivery('b', 'gone')]);
    store.buryStrangers(['chat'], 'no such target');
    expect(store.nextDelivery('chat')).toMatchObject({ eventId: 'a' });
    expect(store.deadDeliveries()).toMatchObject([{ eventId: 'b', attempts: 0, problem: 'no such target' }]);
    store.close();
  });

  it('[L3] with a session goes what is dead of it; what waits is delivered', async () => {
    const store = await openWith([delivery('a'), delivery('b')]);
    store.buryDelivery(store.nextDelivery('chat')?.id ?? 0, 'no');
    store.remove('session-1');
    expect(store.deadDeliveries()).toEqual([]);
    expect(store.nextDelivery('chat')).toMatchObject({ eventId: 'b' });
    store.buryDelivery(store.nextDelivery('chat')?.id ?? 0, 'no');
    expect(store.deadDeliveries()).toEqual([]);
    store.close();
  });

  it('[G10] of what waits for a target that takes nothing ten thousand are kept', async () => {
    const store = await openWith(Array.from({ length: 10_002 }, (_, at) => delivery(`e${at}`)));
    store.postponeDelivery(store.nextDelivery('chat')?.id ?? 0, 9_000, 'it answers 500');
    expect(store.nextDelivery('chat')).toMatchObject({ eventId: 'e2' });
    expect(store.deadDeliveries().map(({ eventId }) => eventId)).toEqual(['e0', 'e1']);
    store.close();
  });
}
