import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CredentialStore, SessionStore } from '../../src/store/store.ts';
import { inputRecord, interactionRecord, sessionRecord } from '../store/support/records.ts';

/** What people asked of agents, and agents of people. */
export function storeRequestsContract(open: () => Promise<SessionStore & CredentialStore>): void {
  let store: SessionStore & CredentialStore;

  beforeEach(async () => {
    store = await open();
    onTestFinished(() => store.close());
  });

  describe('inputs', () => {
    beforeEach(() => store.create(sessionRecord()));

    it('[G4] keeps the receipt of an input', () => {
      const record = inputRecord('i-1', {
        parts: [
          { type: 'text', text: 'see' },
          { type: 'image', media_type: 'image/png', data: 'AAAA', name: 'a.png' },
          { type: 'file', file_id: 'f-1' },
        ],
        delivery: 'interrupt',
        turnId: 'turn_1',
      });
      store.commit('session-1', { inputs: [record] }, 2_000);
      expect(store.input('session-1', 'i-1')).toEqual(record);
      expect(store.input('session-1', 'i-2')).toBeUndefined();
    });

    it('gives inputs by status in the order they were accepted, whatever happened to them since', () => {
      for (const id of ['z', 'm', 'a', 'q']) {
        store.commit('session-1', { inputs: [inputRecord(id)] }, 2_000);
      }
      const ids = (...statuses: Parameters<SessionStore['inputs']>[1]) =>
        store.inputs('session-1', statuses).map(({ inputId }) => inputId);
      expect(ids('queued')).toEqual(['z', 'm', 'a', 'q']);
      store.commit('session-1', { inputs: [inputRecord('m', { status: 'delivered', turnId: 't' })] }, 2_000);
      store.commit('session-1', { inputs: [inputRecord('z', { status: 'done', content: 'edited' })] }, 2_000);
      expect(ids('queued')).toEqual(['a', 'q']);
      expect(ids('queued', 'delivered', 'done')).toEqual(['z', 'm', 'a', 'q']);
      expect(ids('failed')).toEqual([]);
      expect(ids()).toEqual([]);
      expect(store.input('session-1', 'z')).toMatchObject({ status: 'done', content: 'edited' });
    });
  });

  describe('interactions', () => {
    beforeEach(() => store.create(sessionRecord()));

    it('[P1] an interaction is open until it is stored as resolved', () => {
      const request = {
        id: 'p-1',
        tool_name: 'Bash',
        input_raw: { command: 'ls', nested: [null, { a: 1 }] },
      };
      const permission = interactionRecord('p-1', { request });
      const question = interactionRecord('a-question', { kind: 'question', turnId: null });
      store.commit('session-1', { interactions: [permission, question] }, 2_000);
      expect(store.openInteractions('session-1')).toEqual([permission, question]);

      const resolved = interactionRecord('p-1', {
        request,
        status: 'resolved',
        resolution: { id: 'p-1', allowed: true, by: null, reason: 'answered' },
      });
      store.commit('session-1', { interactions: [resolved] }, 3_000);
      expect(store.openInteractions('session-1')).toEqual([question]);
      expect(store.interaction('session-1', 'p-1')).toEqual(resolved);
      expect(store.interaction('session-1', 'p-2')).toBeUndefined();
    });
  });
}
