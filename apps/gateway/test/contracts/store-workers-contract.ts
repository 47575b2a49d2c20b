import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { CredentialStore, SessionStore, WorkerRecord } from '../../src/store/store.ts';
import { eventRecord, inputRecord, interactionRecord, sessionRecord } from '../store/support/records.ts';

const worker: WorkerRecord = {
  process: { pid: 4711, startTime: '815', mark: 'mark', folder: '/data/processes/mark' },
  offset: 70_000_000_000,
  memory: '{"words":"\\u2028"}',
  turnId: 'turn_1',
};

/** What a gateway that starts has to know of the one before. */
export function storeWorkersContract(open: () => Promise<SessionStore & CredentialStore>): void {
  let store: SessionStore & CredentialStore;

  beforeEach(async () => {
    store = await open();
    onTestFinished(() => store.close());
    store.create(sessionRecord());
  });
  const unfinished = () => store.unfinished().map(({ id }) => id);

  it('[G8] keeps how a worker stands with what it said, or neither', () => {
    expect(store.worker('session-1')).toBeUndefined();
    store.commit('session-1', { events: [eventRecord(1)], worker }, 2_000);
    expect(store.worker('session-1')).toEqual(worker);
    const further = { ...worker, offset: worker.offset + 5, turnId: null };
    const gap = { events: [eventRecord(7)], worker: further };
    expect(() => store.commit('session-1', gap, 3_000)).toThrow();
    expect(store.worker('session-1')).toEqual(worker);
    store.commit('session-1', { events: [eventRecord(2)], worker: further }, 3_000);
    expect(store.worker('session-1')).toEqual(further);
  });

  it('[G8] what a worker remembers stays until it is something else', () => {
    store.commit('session-1', { worker }, 2_000);
    const { memory: _, ...further } = { ...worker, offset: worker.offset + 5 };
    store.commit('session-1', { worker: further }, 2_000);
    expect(store.worker('session-1')).toEqual({ ...further, memory: worker.memory });
    store.commit('session-1', { worker: { ...further, memory: '{}' } }, 2_000);
    expect(store.worker('session-1')).toEqual({ ...further, memory: '{}' });
    store.commit('session-1', { worker: null }, 2_000);
    expect(store.worker('session-1')).toBeUndefined();
  });

  it('[G8] a step that does not speak of the worker leaves it, `null` removes it, and so does the end of the session', () => {
    store.commit('session-1', { worker }, 2_000);
    store.commit('session-1', { session: { title: 'a' } }, 2_000);
    expect(store.worker('session-1')).toEqual(worker);
    store.commit('session-1', { worker: null }, 2_000);
    expect(store.worker('session-1')).toBeUndefined();
    store.commit('session-1', { worker }, 2_000);
    store.remove('session-1');
    expect(store.worker('session-1')).toBeUndefined();
  });

  it('[S6] finds the sessions that are not finished: in a turn, with a prompt that waits, or with a worker', () => {
    for (const id of ['running', 'waiting', 'working', 'done', 'deleted'])
      store.create(sessionRecord({ id }));
    store.commit('running', { session: { state: 'running' } }, 2_000);
    store.commit('waiting', { inputs: [inputRecord('i')] }, 2_000);
    store.commit('working', { worker }, 2_000);
    store.commit('done', { inputs: [inputRecord('i', { status: 'done' })] }, 2_000);
    store.commit('deleted', { session: { state: 'deleted' }, worker }, 2_000);
    expect(unfinished().toSorted()).toEqual(['running', 'waiting', 'working']);
  });

  it('[E4] finds what was decided in a turn or outside of any, with what the agent was told', () => {
    const decided = (id: string, turnId: string | null = 'turn_1') =>
      interactionRecord(id, {
        ...{ turnId, status: 'resolved', resolution: { id, allowed: false } },
        answer: { kind: 'permission', id, allowed: false },
      });
    const interactions = [
      ...[decided('z'), decided('a'), decided('other', 'turn_2'), decided('alone', null)],
      interactionRecord('open'),
    ];
    store.commit('session-1', { interactions }, 2_000);
    expect(store.resolvedInteractions('session-1', 'turn_1')).toEqual([decided('z'), decided('a')]);
    expect(store.resolvedInteractions('session-1', null)).toEqual([decided('alone', null)]);
    expect(store.resolvedInteractions('session-2', 'turn_1')).toEqual([]);
  });
}
