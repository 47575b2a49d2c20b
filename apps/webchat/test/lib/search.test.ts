import type { SearchHit, SessionsApi } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { createSearch } from '../../lib/search.ts';

const hit = (snippet: string): SearchHit => ({
  ...{ session_id: 's', title: 'tea', kind: 'message', seq: 1, timestamp: 0 },
  ...{ snippet, highlights: [] },
});

type Answer = Awaited<ReturnType<SessionsApi['search']>>;

/** A search whose pauses and answers come when the test says so. */
function openSearch() {
  const waiting: (() => void)[] = [];
  const asked: { text: string; cursor: string | undefined; answer: (answer: Answer | Error) => void }[] = [];
  const search = createSearch({
    later: (work) => {
      waiting.push(work);
      return () => waiting.splice(waiting.indexOf(work), 1);
    },
    api: {
      search: (text, { cursor } = {}) =>
        new Promise((resolve, reject) => {
          const answer = (value: Answer | Error) => (value instanceof Error ? reject(value) : resolve(value));
          asked.push({ text, cursor, answer });
        }),
    },
  });
  const pause = () => {
    for (const work of waiting.splice(0)) work();
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { search, asked, pause, settled };
}

test('only the last of what is typed without a pause is asked for, and a late answer to older words is dropped', async () => {
  const { search, asked, pause, settled } = openSearch();
  search.ask('te');
  search.ask('tea');
  pause();
  search.ask('teapot');
  pause();
  expect(asked.map(({ text }) => text)).toEqual(['tea', 'teapot']);
  asked[1]?.answer({ hits: [hit('a teapot')], nextCursor: null });
  await settled();
  asked[0]?.answer({ hits: [hit('tea')], nextCursor: null });
  await settled();
  expect(search.state.get()).toEqual({
    ...{ status: 'ready', query: 'teapot', more: false },
    hits: [hit('a teapot')],
  });
});

test('empty pages are passed over, and more is fetched on request', async () => {
  const { search, asked, pause, settled } = openSearch();
  search.ask('tea');
  pause();
  asked[0]?.answer({ hits: [], nextCursor: 'second' });
  await settled();
  asked[1]?.answer({ hits: [hit('one')], nextCursor: 'third' });
  await settled();
  expect(search.state.get()).toMatchObject({ hits: [hit('one')], more: true });
  const more = search.showMore();
  asked[2]?.answer({ hits: [hit('two')], nextCursor: null });
  await more;
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'second', 'third']);
  expect(search.state.get()).toMatchObject({ hits: [hit('one'), hit('two')], more: false });
});

test('a failure is said; an emptied field ends the search', async () => {
  const { search, asked, pause, settled } = openSearch();
  search.ask('tea');
  pause();
  asked[0]?.answer(new Error('away'));
  await settled();
  expect(search.state.get()?.status).toBe('failed');
  search.ask('  ');
  expect(search.state.get()).toBeUndefined();
  expect(search.text.get()).toBe('  ');
});
