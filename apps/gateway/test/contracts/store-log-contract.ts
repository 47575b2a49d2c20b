import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CredentialStore, SessionStore } from '../../src/store/store.ts';
import { expectInternalError } from '../store/support/expect-internal-error.ts';
import {
  eventRecord,
  eventRecords,
  inputRecord,
  interactionRecord,
  sessionRecord,
} from '../store/support/records.ts';

/** The log of a session: written whole, numbered without gaps, replayed. */
export function storeLogContract(open: () => Promise<SessionStore & CredentialStore>): void {
  let store: SessionStore & CredentialStore;

  beforeEach(async () => {
    store = await open();
    onTestFinished(() => store.close());
  });

  describe('commit', () => {
    beforeEach(() => store.create(sessionRecord()));

    it('changes the fields it names and no other', () => {
      store.commit(
        'session-1',
        {
          session: {
            title: 'named',
            state: 'running',
            nativeSessionId: 'native',
            turn: { id: 'turn_1', firstSeq: 1 },
          },
        },
        2_000,
      );
      expect(store.find('session-1')).toEqual({
        ...sessionRecord(),
        title: 'named',
        state: 'running',
        nativeSessionId: 'native',
        turn: { id: 'turn_1', firstSeq: 1 },
        updatedAt: 2_000,
      });
      const totals = { ...sessionRecord().totals, turn_count: 1, output_tokens: 12 };
      store.commit(
        'session-1',
        { session: { title: undefined, turn: null, totals, config: { model: 'haiku' }, epoch: 'epoch-2' } },
        3_000,
      );
      expect(store.find('session-1')).toMatchObject({
        title: 'named',
        state: 'running',
        nativeSessionId: 'native',
        turn: null,
        totals,
        config: { model: 'haiku' },
        epoch: 'epoch-2',
        updatedAt: 3_000,
      });
    });

    it('[G2] numbers follow each other: a gap, a repetition and a step back are refused', () => {
      store.commit('session-1', { events: eventRecords(1, 3) }, 2_000);
      for (const events of [
        eventRecords(5, 5),
        eventRecords(3, 3),
        eventRecords(1, 1),
        [eventRecord(4), eventRecord(6)],
        [eventRecord(4), eventRecord(4)],
      ]) {
        expectInternalError(() => store.commit('session-1', { events }, 3_000));
      }
      expect(store.events('session-1', 0, 10)).toEqual(eventRecords(1, 3));
      store.commit('session-1', { events: eventRecords(4, 4) }, 4_000);
      expect(store.find('session-1')).toMatchObject({ lastSeq: 4, updatedAt: 4_000 });
    });

    it('[G1] stores all of a commit or none of it', () => {
      store.commit(
        'session-1',
        {
          events: eventRecords(1, 1),
          inputs: [inputRecord('i-1')],
          interactions: [interactionRecord('p-1')],
        },
        2_000,
      );
      const before = store.find('session-1');
      expectInternalError(() =>
        store.commit(
          'session-1',
          {
            events: [eventRecord(2), eventRecord(4)],
            session: { title: 'never', state: 'running', config: { model: 'never' } },
            inputs: [inputRecord('i-1', { status: 'done' }), inputRecord('i-2')],
            interactions: [interactionRecord('p-1', { status: 'resolved' }), interactionRecord('p-2')],
          },
          3_000,
        ),
      );
      expect(store.find('session-1')).toEqual(before);
      expect(store.events('session-1', 0, 10)).toEqual(eventRecords(1, 1));
      expect(store.inputs('session-1', ['queued', 'done'])).toEqual([inputRecord('i-1')]);
      expect(store.openInteractions('session-1')).toEqual([interactionRecord('p-1')]);
    });

    it('refuses a session that is not stored', () => {
      expectInternalError(() => store.commit('nobody', { events: eventRecords(1, 1) }, 2_000));
      expect(store.find('nobody')).toBeUndefined();
    });

    it('keeps the logs of sessions apart', () => {
      store.create(sessionRecord({ id: 'session-2' }));
      store.commit('session-1', { events: eventRecords(1, 3), inputs: [inputRecord('i')] }, 2_000);
      store.commit('session-2', { events: eventRecords(1, 1) }, 2_000);
      expect(store.find('session-2')?.lastSeq).toBe(1);
      expect(store.events('session-2', 0, 10)).toHaveLength(1);
      expect(store.input('session-2', 'i')).toBeUndefined();
    });
  });

  describe('replay', () => {
    it('[G3] pages through everything after a number, each event once and in order', () => {
      store.create(sessionRecord());
      store.commit('session-1', { events: eventRecords(1, 25) }, 2_000);
      const seen: number[] = [];
      for (let after = 5; ; after = seen.at(-1) ?? after) {
        const page = store.events('session-1', after, 7);
        if (page.length === 0) break;
        expect(page.length).toBeLessThanOrEqual(7);
        seen.push(...page.map(({ seq }) => seq));
      }
      expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index + 6));
    });

    it('[G3] says where the log begins, also while it is empty', () => {
      store.create(sessionRecord({ lastSeq: 0 }));
      store.create(sessionRecord({ id: 'session-2', lastSeq: 41 }));
      expect(store.oldestSeq('session-1')).toBe(1);
      expect(store.oldestSeq('session-2')).toBe(42);
      store.commit('session-2', { events: eventRecords(42, 44) }, 2_000);
      expect(store.oldestSeq('session-2')).toBe(42);
      expect(store.events('session-2', 0, 10)).toEqual(eventRecords(42, 44));
      expect(store.events('session-2', 43, 10)).toEqual(eventRecords(44, 44));
      expect(store.events('session-2', 44, 10)).toEqual([]);
    });

    it('[I5] a fork begins with a copy of the log, as far as its number says, and goes on from there', () => {
      store.create(sessionRecord(), { events: eventRecords(1, 5) });
      const fork = sessionRecord({ id: 'fork', lastSeq: 3, forkOf: 'native', epoch: 'epoch-2' });
      store.fork(fork, 'session-1', { events: [eventRecord(4, { type: 'session.forked' })] });
      expect(store.find('fork')).toEqual({ ...fork, lastSeq: 4 });
      expect(store.events('fork', 0, 10)).toEqual([
        ...eventRecords(1, 3),
        eventRecord(4, { type: 'session.forked' }),
      ]);
      store.remove('session-1');
      expect(store.events('fork', 0, 10)).toHaveLength(4);
      expect(() => store.fork(fork, 'session-1', {})).toThrow();
    });

    it('gives the data of an event back byte by byte', () => {
      const texts = [
        '{"b":1,"a":2,"a":3}',
        '{ "spaced" : [1.0, 1e3, 12345678901234567890] }',
        '{"text":"Größe 👋 \\u0000 \\ud800 \u2028"}',
        `{"long":"${'x'.repeat(100_000)}"}`,
      ];
      store.create(sessionRecord(), {
        events: texts.map((data, index) => eventRecord(index + 1, { data, turnId: null })),
      });
      expect(store.events('session-1', 0, 10).map(({ data }) => data)).toEqual(texts);
    });
  });
}
