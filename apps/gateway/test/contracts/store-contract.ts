import { describe, expect, test } from 'vitest';
import { noTotals } from '../../src/session/turn-totals.ts';
import type {
  CredentialStore,
  EventRecord,
  InputRecord,
  InteractionRecord,
  SessionRecord,
  SessionStore,
} from '../../src/store/store.ts';

export const sessionRecord = (id: string, changes: Partial<SessionRecord> = {}): SessionRecord => ({
  ...{
    id,
    ownerId: 'owner',
    botId: null,
    workerType: 'demo',
    clientKey: 'key',
    title: null,
    workDir: '/work',
    state: 'created',
  },
  ...{
    config: { model: 'm' },
    nativeSessionId: null,
    epoch: 'e',
    lastSeq: 0,
    turn: null,
    totals: noTotals,
    createdAt: 1,
    updatedAt: 1,
  },
  ...changes,
});
export const eventRecord = (seq: number, data = `{"n":${seq}}`): EventRecord => ({
  seq,
  id: `evt_${seq}`,
  type: 'raw',
  turnId: null,
  timestamp: 5,
  data,
});
const input = (inputId: string, status: InputRecord['status']): InputRecord => ({
  ...{
    inputId,
    bodyHash: 'h',
    content: 'c',
    parts: null,
    author: 'me',
    delivery: 'queue',
    status,
    turnId: null,
    createdAt: 1,
  },
});
const interaction = (id: string, status: InteractionRecord['status']): InteractionRecord => ({
  ...{
    id,
    kind: 'permission',
    turnId: 't',
    request: { tool: 'x' },
    status,
    resolution: null,
    deadlineAt: 9,
    createdAt: 1,
  },
});

/** What every store must do; run on each of them. */
export function storeContract(name: string, open: () => Promise<SessionStore & CredentialStore>): void {
  describe(`store contract: ${name}`, () => {
    test('a session comes back as it went in', async () => {
      const store = await open();
      const record = sessionRecord('a', { turn: { id: 't', firstSeq: 3 }, title: '標題' });
      store.create(record);
      expect(store.find('a')).toEqual(record);
      expect(store.find('b')).toBeUndefined();
    });

    test('[G2] [R1] numbers follow each other; a commit with a gap changes nothing', async () => {
      const store = await open();
      store.create(sessionRecord('a'));
      store.commit('a', { events: [eventRecord(1), eventRecord(2)] }, 2);
      const broken = () =>
        store.commit(
          'a',
          {
            events: [eventRecord(3), eventRecord(5)],
            session: { title: 'no' },
            inputs: [input('i', 'queued')],
          },
          3,
        );
      expect(broken).toThrow(/does not follow/);
      expect(store.find('a')).toMatchObject({ lastSeq: 2, title: null, updatedAt: 2 });
      expect(store.input('a', 'i')).toBeUndefined();
      expect(store.events('a', 0, 10)).toHaveLength(2);
    });

    test('[R3] events come back byte for byte, after a number and by pages', async () => {
      const store = await open();
      store.create(sessionRecord('a'));
      const odd = '{"b":1,"a":"\\u2028 é 😀"}';
      store.commit('a', { events: [eventRecord(1, odd), ...[2, 3, 4, 5].map((seq) => eventRecord(seq))] }, 2);
      expect(store.events('a', 0, 1)[0]).toEqual(eventRecord(1, odd));
      expect(store.events('a', 2, 2).map(({ seq }) => seq)).toEqual([3, 4]);
      expect(store.events('a', 5, 2)).toEqual([]);
      expect(store.oldestSeq('a')).toBe(1);
    });

    test('sessions are listed newest first, by pages, by owner and by state', async () => {
      const store = await open();
      for (const [id, updatedAt] of [
        ['a', 3],
        ['b', 5],
        ['c', 5],
        ['d', 1],
      ] as const)
        store.create(sessionRecord(id, { updatedAt }));
      store.create(sessionRecord('x', { ownerId: 'other', state: 'running' }));
      const first = store.list({ ownerId: 'owner', limit: 2 });
      expect(first.map(({ id }) => id)).toEqual(['c', 'b']);
      const before = { updatedAt: 5, id: 'b' };
      expect(store.list({ ownerId: 'owner', limit: 5, before }).map(({ id }) => id)).toEqual(['a', 'd']);
      expect(store.list({ state: 'running', limit: 5 }).map(({ id }) => id)).toEqual(['x']);
    });

    test('inputs keep their order when they change; open requests are found', async () => {
      const store = await open();
      store.create(sessionRecord('a'));
      store.commit(
        'a',
        {
          inputs: [input('1', 'queued'), input('2', 'queued'), input('3', 'done')],
          interactions: [interaction('p', 'open'), interaction('q', 'open')],
        },
        2,
      );
      store.commit(
        'a',
        {
          inputs: [{ ...input('1', 'queued'), content: 'new' }],
          interactions: [interaction('p', 'resolved')],
        },
        3,
      );
      expect(store.inputs('a', ['queued']).map(({ inputId, content }) => [inputId, content])).toEqual([
        ['1', 'new'],
        ['2', 'c'],
      ]);
      expect(store.openInteractions('a').map(({ id }) => id)).toEqual(['q']);
      expect(store.interaction('a', 'p')?.status).toBe('resolved');
    });

    test('[L3] a removed session is gone with everything of it', async () => {
      const store = await open();
      store.create(sessionRecord('a'), {
        events: [eventRecord(1)],
        inputs: [input('1', 'queued')],
        interactions: [interaction('p', 'open')],
      });
      store.remove('a');
      expect(store.find('a')).toBeUndefined();
      expect(store.events('a', 0, 10)).toEqual([]);
      expect(store.input('a', '1')).toBeUndefined();
      expect(store.openInteractions('a')).toEqual([]);
    });

    test('[J8] refresh tokens work once; revocations last until they expire', async () => {
      const store = await open();
      store.saveRefresh({ digest: 'd', subject: 's', expiresAt: 10 });
      expect(store.takeRefresh('d')).toEqual({ digest: 'd', subject: 's', expiresAt: 10 });
      expect(store.takeRefresh('d')).toBeUndefined();
      store.revokeToken('j', 10);
      expect(store.isRevoked('j')).toBe(true);
      store.sweepCredentials(11);
      expect(store.isRevoked('j')).toBe(false);
    });
  });
}
