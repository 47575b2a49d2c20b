import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type {
  CredentialStore,
  EventRecord,
  SearchHit,
  SearchQuery,
  SessionStore,
} from '../../src/store/store.ts';
import { eventRecord, sessionRecord } from '../store/support/records.ts';

/** What was said can be found: by its owner, whole, in any language, and no longer than it exists. */
export function storeSearchContract(open: () => Promise<SessionStore & CredentialStore>): void {
  let store: SessionStore & CredentialStore;
  let time: number;

  beforeEach(async () => {
    store = await open();
    time = 2_000;
    onTestFinished(() => store.close());
    store.create(sessionRecord());
  });

  /** Puts these events at the end of a log. */
  function say(sessionId: string, ...events: { type: string; data: unknown }[]): void {
    const { lastSeq = 0 } = store.find(sessionId) ?? {};
    time += 1_000;
    const records: EventRecord[] = events.map(({ type, data }, index) =>
      eventRecord(lastSeq + index + 1, { type, data: JSON.stringify(data), timestamp: time + index }),
    );
    store.commit(sessionId, { events: records }, time);
  }

  const prompt = (content: string) => ({ type: 'input', data: { input_id: content, content } });
  const begin = (id: string) => ({ type: 'message.start', data: { id, role: 'assistant' } });
  const piece = (id: string, content: string) => ({
    type: 'message.delta',
    data: { message_id: id, content },
  });
  const end = (id: string) => ({ type: 'message.end', data: { message_id: id } });
  const block = (id: string, ...pieces: string[]) => [
    begin(id),
    ...pieces.map((content) => piece(id, content)),
    end(id),
  ];

  /** All pages of a search. */
  function find(text: string, query: Partial<SearchQuery> = {}): SearchHit[] {
    const hits: SearchHit[] = [];
    for (let before: number | undefined; ; ) {
      const page = store.search({ ownerId: 'alice', text, limit: 3, ...query, ...(before && { before }) });
      hits.push(...page.hits);
      expect(page.hits.length).toBeLessThanOrEqual(3);
      if (page.next === null) return hits;
      before = page.next;
    }
  }
  const places = (hits: readonly SearchHit[]) => hits.map(({ kind, seq }) => `${kind} ${seq}`);

  it('finds what was said in sessions that were put away, and says so', () => {
    say('session-1', prompt('where is the needle'));
    const archived = () => find('needle').map(({ isArchived }) => isArchived);
    expect(archived()).toEqual([false]);
    store.commit('session-1', { session: { isArchived: true } }, time);
    expect(archived()).toEqual([true]);
  });

  it('finds prompts, whole blocks of what the agent said, and messages that were not streamed', () => {
    say('session-1', prompt('why is the needle lost'));
    say('session-1', ...block('m', 'a nee', 'dle in', ' a haystack'));
    say('session-1', { type: 'message', data: { id: 'w', role: 'assistant', content: 'NEEDLES' } });
    expect(find('needle')).toEqual([
      {
        sessionId: 'session-1',
        title: null,
        isArchived: false,
        seq: 7,
        kind: 'message',
        timestamp: 5_000,
        content: 'NEEDLES',
      },
      {
        sessionId: 'session-1',
        title: null,
        isArchived: false,
        seq: 2,
        kind: 'message',
        timestamp: 4_000,
        content: 'a needle in a haystack',
      },
      {
        sessionId: 'session-1',
        title: null,
        isArchived: false,
        seq: 1,
        kind: 'prompt',
        timestamp: 3_000,
        content: 'why is the needle lost',
      },
    ]);
    expect(places(find('lost needle'))).toEqual(['prompt 1']);
    expect(find('needle thread')).toEqual([]);
    expect(find('   ')).toEqual([]);
  });

  it('finds a block once it is complete, or its turn is over, and not what was taken back', () => {
    say('session-1', begin('a'), begin('b'), piece('a', 'first needle'));
    expect(find('needle')).toEqual([]);
    say('session-1', piece('b', 'second needle'), end('b'));
    expect(places(find('needle'))).toEqual(['message 2']);
    say('session-1', { type: 'message.retract', data: { message_ids: ['b'] } });
    expect(find('needle')).toEqual([]);
    say('session-1', { type: 'done', data: { success: true } });
    expect(places(find('needle'))).toEqual(['message 1']);
  });

  it('finds the title a session has, not the one it had', () => {
    store.create(sessionRecord({ id: 'session-2', title: 'Haystack of Größe' }));
    expect(find('GRÖSSE')).toEqual([]);
    expect(find('HAYSTACK größe')).toMatchObject([
      { sessionId: 'session-2', title: 'Haystack of Größe', kind: 'title', seq: 0 },
    ]);
    store.commit('session-2', { session: { title: 'Needles' } }, 5_000);
    expect(find('haystack')).toEqual([]);
    expect(places(find('needle'))).toEqual(['title 0']);
  });

  it.each([
    ['three characters or more', '部署失败了', ['请帮我看看为什么部署失败了', '昨天部署成功']],
    ['two', '部署', ['请帮我看看部署', '昨天天气很好']],
    ['one', '署', ['请帮我看看部署', '昨天天气很好']],
    ['with others', '部署 docker', ['用 Docker 部署', '部署']],
    ['of another script', 'こんにちは', ['みなさん、こんにちは。', 'こんばんは']],
  ])('finds words without spaces between them: %s', (_, query, [inIt = '', notInIt = '']) => {
    say('session-1', prompt(notInIt), prompt(inIt));
    expect(places(find(query))).toEqual(['prompt 2']);
  });

  it('takes every character as itself', () => {
    const odd = ['"quoted"', '50%_off', "it's", 'a*b', 'NEAR(a b)', 'content:x', '-minus', '👋🏽 wave', '\\'];
    say('session-1', ...odd.map(prompt));
    for (const [index, text] of odd.entries()) expect(places(find(text))).toContain(`prompt ${index + 1}`);
    expect(find('%%%')).toEqual([]);
    expect(find('___')).toEqual([]);
  });

  it('finds what is anywhere in a long text, also where it is cut', () => {
    const word = (index: number) => `needle-${index}-${'x'.repeat(230)} `;
    say('session-1', ...block('m', ...Array.from({ length: 60 }, (_, index) => word(index))));
    for (let index = 0; index < 60; index += 1)
      expect(find(word(index).trim()).length, `word ${index}`).toBeGreaterThan(0);
  });

  it('finds what a session said before another branched off it in both', () => {
    say('session-1', prompt('needle'));
    const { lastSeq = 0 } = store.find('session-1') ?? {};
    store.fork(sessionRecord({ id: 'branch', lastSeq }), 'session-1', {});
    expect(
      find('needle')
        .map(({ sessionId }) => sessionId)
        .toSorted(),
    ).toEqual(['branch', 'session-1']);
  });

  it('[P15] [A4] never finds what belongs to somebody else, or to another bot', () => {
    store.create(sessionRecord({ id: 'of-bob', ownerId: 'bob', title: 'needle' }));
    store.create(sessionRecord({ id: 'of-bot', botId: 'bot-1' }));
    for (const id of ['of-bob', 'of-bot']) say(id, prompt(`needle ${id} 部署`), ...block('m', 'needle'));
    for (const text of ['needle', '部署', 'n']) {
      expect(new Set(find(text).map(({ sessionId }) => sessionId))).toEqual(new Set(['of-bot']));
      expect(find(text, { botId: 'bot-2' })).toEqual([]);
      expect(find(text, { botId: 'bot-1' })).not.toEqual([]);
      expect(find(text, { ownerId: 'nobody' })).toEqual([]);
    }
  });

  it('[L3] finds nothing of a session that is deleted', () => {
    say('session-1', prompt('needle'), prompt('针'));
    expect(find('needle')).toHaveLength(1);
    store.commit('session-1', { session: { state: 'deleted' } }, 9_000);
    expect([...find('needle'), ...find('针')]).toEqual([]);
    store.remove('session-1');
    expect([...find('needle'), ...find('针')]).toEqual([]);
  });

  describe('pages', () => {
    it('have each hit once, newest first, while more is said', () => {
      for (let index = 0; index < 10; index += 1) say('session-1', prompt(`needle ${index}`));
      const first = store.search({ ownerId: 'alice', text: 'needle', limit: 4 });
      say('session-1', prompt('needle, too late'));
      const second = store.search({ ownerId: 'alice', text: 'needle', limit: 4, before: first.next ?? 0 });
      const third = store.search({ ownerId: 'alice', text: 'needle', limit: 4, before: second.next ?? 0 });
      const seqs = [first, second, third].flatMap(({ hits }) => hits.map(({ seq }) => seq));
      expect(seqs).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
      expect(third.next).toBeNull();
    });

    it('reach what lies behind many others', () => {
      say('session-1', prompt('the needle 针'));
      for (let index = 0; index < 20; index += 1)
        say('session-1', ...Array.from({ length: 30 }, () => prompt('the need of a reed')));
      expect(places(find('needle'))).toEqual(['prompt 1']);
      expect(places(find('针'))).toEqual(['prompt 1']);
    });
  });
}
