import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { CredentialStore, SessionStore } from '../../src/store/store.ts';
import { eventRecords, inputRecord, interactionRecord, sessionRecord } from '../store/support/records.ts';

/** What is old is known, and what is deleted goes bit by bit. */
export function storeRetentionContract(open: () => Promise<SessionStore & CredentialStore>): void {
  let store: SessionStore & CredentialStore;

  beforeEach(async () => {
    store = await open();
    onTestFinished(() => store.close());
  });

  const create = (id: string, state: 'idle' | 'running' | 'deleted' | 'terminated', updatedAt: number) =>
    store.create(sessionRecord({ id, state, updatedAt }), {
      events: eventRecords(1, 450),
      inputs: [inputRecord('i')],
      interactions: [interactionRecord('p')],
    });

  it('[L3] names sessions without a turn that nobody has touched since, and deleted ones, oldest first', () => {
    create('new', 'idle', 40);
    create('old', 'idle', 20);
    create('older', 'terminated', 10);
    create('busy', 'running', 10);
    create('gone', 'deleted', 30);
    expect(store.untouchedSince(40, 9)).toEqual(['older', 'old', 'gone']);
    expect(store.untouchedSince(40, 2)).toEqual(['older', 'old']);
    expect(store.untouchedSince(0, 9)).toEqual(['gone']);
  });

  it('[L3] removes a deleted session part by part, until nothing of it is left', () => {
    create('gone', 'deleted', 1);
    create('kept', 'idle', 1);
    let parts = 1;
    for (; !store.removePart('gone', 100); parts += 1) expect(parts).toBeLessThan(20);
    expect(store.find('gone')).toBeUndefined();
    expect(store.events('gone', 0, 9)).toEqual([]);
    expect(store.input('gone', 'i')).toBeUndefined();
    expect(store.interaction('gone', 'p')).toBeUndefined();
    expect(store.untouchedSince(0, 9)).toEqual([]);
    expect(store.events('kept', 0, 1_000)).toHaveLength(450);
    expect(store.removePart('gone', 100)).toBe(true);
  });

  it('[L3] removes nothing of a session that is not deleted, such as one opened again under its id', () => {
    create('kept', 'idle', 1);
    expect(store.removePart('kept', 100)).toBe(true);
    expect(store.events('kept', 0, 1_000)).toHaveLength(450);
  });
}
