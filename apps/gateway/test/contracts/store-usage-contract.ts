import { expect, it } from 'vitest';
import type { SessionStore, TurnUsage, UsageLog } from '../../src/store/store.ts';
import { sessionRecord } from '../store/support/records.ts';

const turn = (fields: Partial<TurnUsage> = {}): TurnUsage => ({
  ...{ ownerId: 'alice', workerType: 'demo', model: 'm', inputTokens: 10, outputTokens: 2, costUsd: 0.5 },
  workMs: 1_000,
  ...fields,
});
const day = (text: string) => Date.parse(`${text}T12:00:00Z`);

/** What a store must count of turns, whatever keeps it. */
export function storeUsageContract(open: () => Promise<SessionStore & UsageLog>): void {
  it('sums what turns took by day and by user, agent or model; what nobody said stays unsaid', async () => {
    const store = await open();
    store.create(sessionRecord());
    const add = (usage: TurnUsage, now: number) => store.commit('session-1', { usage }, now);
    add(turn(), day('2026-11-26'));
    add(turn({ ownerId: 'bob', costUsd: null, inputTokens: 1.5, workMs: 500 }), day('2026-11-26'));
    add(
      turn({ model: null, workerType: 'other', costUsd: null, inputTokens: null, workMs: null }),
      day('2026-11-27'),
    );
    add(turn({ costUsd: 0.25 }), day('2026-11-28'));
    const all = { from: '2026-11-26', to: '2026-11-27' };
    const [first, unsaid] = [
      { day: '2026-11-26', turns: 2, inputTokens: 11.5, outputTokens: 4, costUsd: 0.5, workMs: 1_500 },
      { day: '2026-11-27', turns: 1, inputTokens: null, outputTokens: 2, costUsd: null, workMs: null },
    ];
    expect(store.usage({ ...all, by: 'model' })).toEqual([
      { ...first, name: 'm' },
      { ...unsaid, name: null },
    ]);
    expect(store.usage({ ...all, by: 'agent' })).toEqual([
      { ...first, name: 'demo' },
      { ...unsaid, name: 'other' },
    ]);
    expect(
      store.usage({ ...all, by: 'user' }).map(({ day: when, name, turns }) => [when, name, turns]),
    ).toEqual([
      ['2026-11-26', 'alice', 1],
      ['2026-11-26', 'bob', 1],
      ['2026-11-27', 'alice', 1],
    ]);
    store.close();
  });

  it('is stored with the step of its turn or not at all, and outlives the session', async () => {
    const store = await open();
    store.create(sessionRecord());
    store.commit('session-1', { usage: turn() }, day('2026-11-26'));
    expect(() => store.commit('no such session', { usage: turn() }, day('2026-11-26'))).toThrow();
    store.remove('session-1');
    expect(store.usage({ from: '2026-11-26', to: '2026-11-26', by: 'user' })).toMatchObject([{ turns: 1 }]);
    store.close();
  });
}
