import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { type AgentReport, nextReport } from '../../lib/agent-report.ts';

const after = (...events: unknown[]) =>
  events
    .map(
      (event) =>
        ({ version: 'aep/v1', id: 'e', seq: 1, session_id: 's', timestamp: 0, event }) as ServerEnvelope,
    )
    .reduce(nextReport, {} as AgentReport);

const usage = (used: number) => ({
  type: 'context_usage',
  data: {
    total_tokens: used,
    max_tokens: 1_000,
    percentage: used / 10,
    categories: [{ name: 'all', tokens: used }],
  },
});
const done = (stats: object) => ({ type: 'done', data: { success: true, stats } });

test('a measured context is told with its parts', () => {
  expect(after(usage(250)).context).toEqual({
    percent: 25,
    used: 250,
    size: 1_000,
    categories: [{ name: 'all', tokens: 250 }],
  });
});

test('a turn says anew how full it is, of the size that is known; one that says nothing changes nothing', () => {
  expect(after(usage(250), done({ context_used_percent: 40 })).context).toEqual({
    percent: 40,
    used: 400,
    size: 1_000,
  });
  expect(after(done({ context_used_percent: 40 })).context).toEqual({ percent: 40 });
  expect(after(usage(250), done({ context_used_percent: null })).context?.percent).toBe(25);
});

test('the sums of the session are those of its last turn', () => {
  expect(after(done({ _session: { turn_count: 1 } }), done({ _session: { turn_count: 2 } })).totals).toEqual({
    turn_count: 2,
  });
});

test('a list of commands counts when it is whole', () => {
  const list = (names: string[], filter?: string) => ({
    type: 'skills_list',
    data: { skills: names.map((name) => ({ name })), total: names.length, ...(filter ? { filter } : {}) },
  });
  expect(after(list(['a', 'b']), list(['a'], 'a')).commands?.map(({ name }) => name)).toEqual(['a', 'b']);
});
