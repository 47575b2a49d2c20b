import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CredentialStore, SessionStore } from '../../src/store/store.ts';
import { expectInternalError } from '../store/support/expect-internal-error.ts';
import { eventRecords, inputRecord, interactionRecord, sessionRecord } from '../store/support/records.ts';

/** Sessions: created, found, listed, removed. */
export function storeSessionsContract(open: () => Promise<SessionStore & CredentialStore>): void {
  let store: SessionStore & CredentialStore;

  beforeEach(async () => {
    store = await open();
    onTestFinished(() => store.close());
  });

  describe('create and find', () => {
    it('finds what was created, field by field', () => {
      const record = sessionRecord({
        botId: 'bot-1',
        title: 'Größe 👋 \u2028 "quoted"',
        state: 'running',
        config: {
          model: 'opus',
          system_prompt: 'be brief\n',
          allowed_tools: ['Read', 'Bash'],
          max_turns: 3,
          env: { A: '1' },
          mcp_servers: { files: { command: 'mcp', args: ['--root', '/'] } },
          metadata: { nested: { list: [1, null, true] } },
        },
        nativeSessionId: 'native-1',
        turn: { id: 'turn_1', firstSeq: 4 },
        totals: { ...sessionRecord().totals, turn_count: 2, cost_usd: 0.25 },
        createdAt: 1_763_900_000_000,
        updatedAt: 1_763_900_000_001,
      });
      store.create(record);
      expect(store.find(record.id)).toEqual(record);
    });

    it('knows nothing of a session that was not created', () => {
      expect(store.find('nobody')).toBeUndefined();
      expect(store.list({ limit: 10 })).toEqual([]);
      expect(store.events('nobody', 0, 10)).toEqual([]);
      expect(store.oldestSeq('nobody')).toBe(1);
      expect(store.input('nobody', 'i')).toBeUndefined();
      expect(store.inputs('nobody', ['queued'])).toEqual([]);
      expect(store.interaction('nobody', 'i')).toBeUndefined();
      expect(store.openInteractions('nobody')).toEqual([]);
      expect(() => store.remove('nobody')).not.toThrow();
    });

    it('creates a session together with its first events', () => {
      store.create(sessionRecord({ updatedAt: 1_500 }), {
        events: eventRecords(1, 2),
        session: { state: 'running' },
      });
      expect(store.find('session-1')).toMatchObject({ state: 'running', lastSeq: 2, updatedAt: 1_500 });
      expect(store.events('session-1', 0, 10)).toEqual(eventRecords(1, 2));
    });

    it('creates nothing if the first events cannot be stored', () => {
      expectInternalError(() => store.create(sessionRecord(), { events: eventRecords(2, 3) }));
      expect(store.find('session-1')).toBeUndefined();
      expect(store.list({ limit: 10 })).toEqual([]);
    });

    it('refuses to create a session twice and keeps the first', () => {
      store.create(sessionRecord({ title: 'first' }));
      expectInternalError(() => store.create(sessionRecord({ title: 'second' })));
      expect(store.find('session-1')?.title).toBe('first');
    });

    it('hands out copies', () => {
      const record = sessionRecord({ config: { model: 'opus' } });
      store.create(record);
      record.config.model = 'changed by the caller';
      const found = store.find('session-1');
      if (found) found.config.model = 'changed by a reader';
      expect(store.find('session-1')?.config).toEqual({ model: 'opus' });
    });
  });

  describe('list', () => {
    beforeEach(() => {
      for (const [id, ownerId, state, updatedAt] of [
        ['a', 'alice', 'idle', 30],
        ['b', 'alice', 'running', 20],
        ['c', 'alice', 'idle', 20],
        ['d', 'bob', 'running', 20],
        ['e', 'alice', 'idle', 10],
      ] as const) {
        store.create(sessionRecord({ id, ownerId, state, updatedAt }));
      }
    });

    const ids = (query: Parameters<SessionStore['list']>[0]) => store.list(query).map(({ id }) => id);

    it('gives the newest change first, of one owner, in one state', () => {
      expect(ids({ limit: 10 })).toEqual(['a', 'd', 'c', 'b', 'e']);
      expect(ids({ ownerId: 'alice', limit: 10 })).toEqual(['a', 'c', 'b', 'e']);
      expect(ids({ state: 'running', limit: 10 })).toEqual(['d', 'b']);
      expect(ids({ ownerId: 'alice', state: 'running', limit: 10 })).toEqual(['b']);
    });

    it('gives those of one agent, and those with a text in their id, owner or work dir', () => {
      store.create(sessionRecord({ id: '100%', workerType: 'pi', workDir: '/srv/tea_pot', updatedAt: 40 }));
      expect(ids({ workerType: 'pi', limit: 10 })).toEqual(['100%']);
      expect(ids({ text: 'tea_p', limit: 10 })).toEqual(['100%']);
      expect(ids({ text: 'bob', limit: 10 })).toEqual(['d']);
      expect(ids({ text: '%', limit: 10 })).toEqual(['100%']);
      expect(ids({ text: 'b', workerType: 'demo', limit: 10 })).toEqual(['d', 'b']);
    });

    it('[A4] knows whose a conversation of an agent was, also when its session has another one, or is gone', () => {
      const ofDemo = (id: string) => store.agentConversation('demo', id);
      store.create(sessionRecord({ id: 'f', ownerId: 'bob', nativeSessionId: 'n' }));
      store.commit('a', { session: { nativeSessionId: 'm' } }, 50);
      expect(ofDemo('n')).toEqual({ ownerId: 'bob', sessionId: 'f' });
      expect(ofDemo('m')).toEqual({ ownerId: 'alice', sessionId: 'a' });
      expect(store.agentConversation('pi', 'n')).toBeUndefined();
      expect(ofDemo('o')).toBeUndefined();
      store.commit('a', { session: { nativeSessionId: null } }, 60);
      expect(ofDemo('m')).toEqual({ ownerId: 'alice', sessionId: null });
      store.remove('f');
      expect(ofDemo('n')).toEqual({ ownerId: 'bob', sessionId: null });
    });

    it('[A4] leaves out what belongs to another bot', () => {
      store.create(sessionRecord({ id: 'f', ownerId: 'alice', botId: 'bot-1', updatedAt: 50 }));
      store.create(sessionRecord({ id: 'g', ownerId: 'alice', botId: 'bot-2', updatedAt: 40 }));
      expect(ids({ ownerId: 'alice', botId: 'bot-2', limit: 3 })).toEqual(['g', 'a', 'c']);
      expect(ids({ ownerId: 'alice', limit: 3 })).toEqual(['f', 'g', 'a']);
    });

    it('gives those that were put away, the others, or both', () => {
      store.commit('b', { session: { isArchived: true } }, 40);
      const ids = (query: { isArchived?: boolean }) => store.list({ limit: 9, ...query }).map(({ id }) => id);
      expect(ids({ isArchived: true })).toEqual(['b']);
      expect(ids({ isArchived: false })).not.toContain('b');
      expect(ids({})).toContain('b');
      store.commit('b', { session: { isArchived: false } }, 50);
      expect(ids({ isArchived: true })).toEqual([]);
    });

    it('[A7] counts the sessions in each state', () => {
      expect(store.countByState()).toEqual({ idle: 3, running: 2 });
      store.commit('a', { session: { state: 'terminated' } }, 40);
      expect(store.countByState()).toEqual({ idle: 2, running: 2, terminated: 1 });
    });

    it('pages by time and id, though several changed in the same millisecond', () => {
      const pages: string[][] = [];
      let before: { updatedAt: number; id: string } | undefined;
      for (;;) {
        const page = store.list({ limit: 2, before });
        const last = page.at(-1);
        if (!last) break;
        pages.push(page.map(({ id }) => id));
        before = { updatedAt: last.updatedAt, id: last.id };
      }
      expect(pages).toEqual([['a', 'd'], ['c', 'b'], ['e']]);
      expect(ids({ ownerId: 'alice', state: 'idle', limit: 2, before: { updatedAt: 20, id: 'd' } })).toEqual([
        'c',
        'e',
      ]);
    });

    it('moves a session that changed to the front', () => {
      store.commit('e', { session: { title: 'new' } }, 40);
      expect(ids({ limit: 2 })).toEqual(['e', 'a']);
    });
  });

  describe('remove', () => {
    it('[L3] removes a session and all that belongs to it, and nothing else', () => {
      for (const id of ['session-1', 'session-2']) {
        store.create(sessionRecord({ id }), {
          events: eventRecords(1, 2),
          inputs: [inputRecord('i')],
          interactions: [interactionRecord('p')],
        });
      }
      store.remove('session-1');
      expect(store.find('session-1')).toBeUndefined();
      expect(store.list({ limit: 10 }).map(({ id }) => id)).toEqual(['session-2']);
      expect(store.events('session-1', 0, 10)).toEqual([]);
      expect(store.input('session-1', 'i')).toBeUndefined();
      expect(store.interaction('session-1', 'p')).toBeUndefined();
      expect(store.events('session-2', 0, 10)).toHaveLength(2);
      expect(store.input('session-2', 'i')).toBeDefined();
      expect(store.interaction('session-2', 'p')).toBeDefined();

      store.create(sessionRecord());
      expect(store.events('session-1', 0, 10)).toEqual([]);
      expect(store.inputs('session-1', ['queued'])).toEqual([]);
      expect(store.openInteractions('session-1')).toEqual([]);
    });
  });

  it('can be closed twice', () => {
    store.close();
    expect(() => store.close()).not.toThrow();
  });
}
