import { AepError, type SessionSummary, type SessionsApi } from '@hotplex/client-sdk';
import { expect, onTestFinished, test, vi } from 'vitest';
import { groupByWorkDir } from '../../lib/grouping.ts';
import { createSeenTurns } from '../../lib/seen-turns.ts';
import { createSessionList } from '../../lib/session-list.ts';
import { sessionMood } from '../../lib/session-mood.ts';
import { newsBetween } from '../../lib/session-news.ts';
import { openPins } from './open-pins.ts';

const session = (id: string, change: Partial<SessionSummary> & { turns?: number } = {}) => {
  const { turns = 0, ...others } = change;
  return {
    ...{ id, title: id, worker_type: 'demo', state: 'idle', work_dir: '/work', config: {}, pending: 0 },
    ...{ created_at: '', updated_at: '', epoch: 'e', last_seq: 1, turn: null, queued: 0 },
    totals: { turn_count: turns } as SessionSummary['totals'],
    ...others,
  } as SessionSummary;
};

/** Each call opens another tab of the browser whose storage it is. */
function openSeen(storage = new Map<string, string>(), tabs: (() => void)[] = []) {
  const seen = createSeenTurns({
    read: (key) => storage.get(key) ?? null,
    write: (key, value) => void (value === null ? storage.delete(key) : storage.set(key, value)),
    watch: (_, listener) => void tabs.push(listener),
  });
  const tell = () => {
    for (const listener of tabs) listener();
  };
  return { seen, storage, tell };
}

const [monday, tuesday] = ['2026-01-05T00:00:00.000Z', '2026-01-06T00:00:00.000Z'];

test('the archive lists what was put away, without pins, and what comes back leaves it', async () => {
  const away = new Set(['a']);
  const api = {
    list: async ({ archived = false }: { archived?: boolean } = {}) => ({
      sessions: ['a', 'b'].filter((id) => away.has(id) === archived).map((id) => session(id)),
      nextCursor: null,
    }),
    get: async (id: string) => session(id, { archived: away.has(id) }),
    archive: async (id: string, archived: boolean) => {
      if (archived) away.add(id);
      else away.delete(id);
      return session(id, { archived });
    },
  } as unknown as SessionsApi;
  const { pins } = openPins();
  pins.toggle('a');
  const after = () => () => {};
  const [others, archive] = [false, true].map((archived) =>
    createSessionList({ api, pins, after, archived }),
  );
  const ids = (list: typeof others) => list?.state.get().sessions.map(({ id }) => id);
  await Promise.all([others?.refresh(), archive?.refresh()]);
  expect([ids(others), ids(archive)]).toEqual([['b'], ['a']]);
  await archive?.archive('a', false);
  await others?.refresh();
  expect([ids(others), ids(archive)]).toEqual([['a', 'b'], []]);
});

test('on the first visit nothing is unread, nor is what is older; a turn that ends later is, until somebody looks', () => {
  const { seen, storage } = openSeen();
  const mood = (turns: number, updated_at = tuesday) =>
    sessionMood(session('a', { turns, updated_at }), seen.state.get());
  expect(mood(3)).toBe('idle');
  seen.begin([session('a', { turns: 3, updated_at: monday })]);
  expect(mood(3, monday)).toBe('idle');
  expect(mood(4)).toBe('unread');
  seen.see('a', 4);
  expect(mood(4)).toBe('idle');
  const later = openSeen(storage);
  later.seen.begin([session('a', { turns: 9, updated_at: tuesday })]);
  expect(sessionMood(session('a', { turns: 9 }), later.seen.state.get())).toBe('unread');
});

test('what waits for a person comes before what is unread, and a running session is neither', () => {
  const seen = { since: '', turns: { a: 1 } };
  expect(sessionMood(session('a', { turns: 2, state: 'running' }), seen)).toBe('running');
  expect(sessionMood(session('a', { turns: 2, state: 'running', pending: 1 }), seen)).toBe('waiting');
});

test('a fork holds no answer that nobody saw, wherever it was made, until it goes on by itself', () => {
  const seen = { since: monday, turns: {} };
  const fork = session('fork', { turns: 4, state: 'created', updated_at: tuesday });
  expect(sessionMood(fork, seen)).toBe('created');
  expect(sessionMood({ ...fork, state: 'idle' }, seen)).toBe('unread');
});

test('what one tab has shown is seen in the others, and no tab takes back what another noted', () => {
  const [storage, tabs] = [new Map<string, string>(), []];
  const [one, two] = [openSeen(storage, tabs), openSeen(storage, tabs)];
  one.seen.begin([]);
  two.seen.begin([session('x', { updated_at: tuesday })]);
  one.seen.see('a', 1);
  // Nobody has told the other tab yet.
  two.seen.see('b', 2);
  one.tell();
  const both = { since: '', turns: { a: 1, b: 2 } };
  expect([one, two].map(({ seen }) => seen.state.get())).toEqual([both, both]);
});

test('what is looked at before the list is there is seen, and nothing else is unread for it', () => {
  const { seen } = openSeen();
  seen.see('a', 2);
  expect(seen.state.get()).toBeUndefined();
  seen.begin([session('a', { turns: 2, updated_at: monday }), session('b', { updated_at: tuesday })]);
  expect(seen.state.get()).toEqual({ since: tuesday, turns: { a: 2 } });
});

test('a broken memory of what was seen is no memory', () => {
  const read = (stored: string) => openSeen(new Map([['hotplex.seen', stored]])).seen.state.get();
  expect(['{"since":', '"x"', 'null', '{"since":1,"turns":{}}'].map(read)).toEqual(Array(4).fill(undefined));
  expect(read('{"since":"x","turns":{"a":1,"b":"y"}}')).toEqual({ since: 'x', turns: { a: 1 } });
});

test('news are a new request and a turn that ended, not a session that appears', () => {
  const before = [session('a', { state: 'running' }), session('b', { state: 'running' }), session('c')];
  const after = [
    session('a', { state: 'running', pending: 1 }),
    session('b', { turns: 1 }),
    session('c'),
    session('new', { turns: 5 }),
  ];
  expect(newsBetween(before, after).map((news) => [news.session.id, news.kind])).toEqual([
    ['a', 'asks'],
    ['b', 'ended'],
  ]);
  expect(newsBetween(after, after)).toEqual([]);
});

test('a look that finds nothing new tells nobody', async () => {
  const found = [session('a')];
  const api = {
    list: async () => ({ sessions: structuredClone(found), nextCursor: null }),
    get: async (id: string) => session(id, { title: 'an old one' }),
  } as unknown as SessionsApi;
  const { pins } = openPins(new Map([['hotplex.pinned', '["a","old"]']]));
  const list = createSessionList({ api, pins, after: () => () => {} });
  let told = 0;
  list.state.subscribe(() => {
    told += 1;
  });
  await list.refresh();
  await list.refresh();
  expect(told).toBe(1);
  // What is pinned is there, however old it is, and once.
  expect(list.state.get().sessions.map(({ id }) => id)).toEqual(['a', 'old']);
  found[0] = session('a', { state: 'running' });
  await list.refresh();
  expect(told).toBe(2);
});

/** A gateway whose answers come when they are let go, each as things were when it was asked. */
function openSlowList() {
  const there: SessionSummary[] = [session('a')];
  const answers: (() => void)[] = [];
  const api = {
    list: () => {
      const sessions = structuredClone(there);
      const { promise, resolve } = Promise.withResolvers<object>();
      answers.push(() => resolve({ sessions, nextCursor: null }));
      return promise;
    },
    fork: async () => {
      there.unshift(session('fork'));
      return session('fork');
    },
    rename: async (id: string, title: string) => {
      there[0] = session(id, { title });
    },
  } as unknown as SessionsApi;
  const added: string[] = [];
  const onAdded = ({ id }: SessionSummary) => void added.push(id);
  const list = createSessionList({ api, pins: openPins().pins, after: () => () => {}, onAdded });
  const shown: string[][] = [];
  list.state.subscribe(() => {
    shown.push(list.state.get().sessions.map(({ title }) => title ?? ''));
  });
  /** Lets answers go for as long as more are asked for. */
  const answer = async () => {
    for (let answered = answers.shift(); answered; answered = answers.shift()) {
      answered();
      await new Promise(setImmediate);
    }
  };
  return { list, there, added, shown, answer };
}

test('what was asked before a session was made or renamed here does not take that back', async () => {
  const { list, added, shown, answer } = openSlowList();
  const early = list.refresh();
  await list.fork('a', { title: 'fork' });
  await Promise.all([early, answer()]);
  expect(added).toEqual(['fork']);
  expect(shown).toEqual([['fork'], ['fork', 'a']]);
  const late = list.refresh();
  await list.rename('fork', 'other');
  await Promise.all([late, answer()]);
  expect(shown.slice(2)).toEqual([['other', 'a']]);
});

test('who asks while an earlier question is on its way is told how it is now', async () => {
  const { list, there, shown, answer } = openSlowList();
  void list.refresh();
  there.unshift(session('new'));
  const later = list.refresh();
  await Promise.all([later, answer()]);
  expect(shown).toEqual([['a'], ['new', 'a']]);
});

test('the pin of a session that is gone goes too; one that cannot be had just now stays', async () => {
  const asked: string[] = [];
  const api = {
    list: async () => ({ sessions: [], nextCursor: null }),
    get: async (id: string) => {
      asked.push(id);
      throw new AepError({ code: id === 'gone' ? 'SESSION_NOT_FOUND' : 'HTTP_ERROR', message: 'no' });
    },
  } as unknown as SessionsApi;
  const { pins, stored } = openPins(new Map([['hotplex.pinned', '["gone","later"]']]));
  const list = createSessionList({ api, pins, after: () => () => {} });
  await list.refresh();
  await list.refresh();
  expect(asked).toEqual(['gone', 'later', 'later']);
  expect(stored.get('hotplex.pinned')).toBe('["later"]');
});

test('while an agent works the list looks again after a second, else after five, and seldom out of sight', async () => {
  const page = { visibilityState: 'visible', addEventListener() {}, removeEventListener() {} };
  vi.stubGlobal('document', page);
  onTestFinished(() => void vi.unstubAllGlobals());
  const found = { turn: null as SessionSummary['turn'] };
  const api = {
    list: async () => ({ sessions: [session('a', found)], nextCursor: null }),
  } as unknown as SessionsApi;
  const waits: number[] = [];
  let look = () => {};
  let planned = Promise.withResolvers<void>();
  const after = (ms: number, work: () => void) => {
    waits.push(ms);
    look = work;
    planned.resolve();
    return () => {};
  };
  const next = async (act: () => void) => {
    planned = Promise.withResolvers();
    act();
    await planned.promise;
  };
  const list = createSessionList({ api, pins: openPins().pins, after });
  await next(() => void list.watch());
  found.turn = { id: 't', first_seq: 1 };
  await next(() => look());
  page.visibilityState = 'hidden';
  await next(() => look());
  expect(waits).toEqual([5_000, 1_000, 15_000]);
});

test('groups keep the order of the list', () => {
  const list = [
    session('a', { work_dir: '/x' }),
    session('b', { work_dir: '/y' }),
    session('c', { work_dir: '/x' }),
  ];
  expect(
    groupByWorkDir(list).map(({ workDir, sessions }) => [workDir, sessions.map(({ id }) => id)]),
  ).toEqual([
    ['/x', ['a', 'c']],
    ['/y', ['b']],
  ]);
});
