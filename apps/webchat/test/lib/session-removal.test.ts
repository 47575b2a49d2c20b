import type { SessionSummary, SessionsApi } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { createSessionList, removalGraceMs } from '../../lib/session-list.ts';
import { openPins } from './open-pins.ts';

/** A gateway with two sessions, both pinned, and a clock turned by hand. */
function openList({ refuses = false } = {}) {
  const there = new Set(['a', 'b']);
  let due: (() => void) | undefined;
  const api = {
    list: async () => ({ sessions: [...there].map((id) => ({ id }) as SessionSummary), nextCursor: null }),
    remove: async (id: string) => {
      if (refuses) throw new Error('no');
      there.delete(id);
    },
  } as unknown as SessionsApi;
  const after = (ms: number, work: () => void) => {
    expect(ms).toBe(removalGraceMs);
    due = work;
    return () => {
      due = undefined;
    };
  };
  const { pins } = openPins(new Map([['hotplex.pinned', '["a","b"]']]));
  const list = createSessionList({ api, after, pins });
  return {
    ...{ list, there, pass: () => due?.(), pinned: pins.state.get },
    shown: () => list.state.get().sessions.map(({ id }) => id),
  };
}

test('a deleted session is gone from the list at once, and from the gateway and the pins after a while', async () => {
  const { list, there, pass, pinned, shown } = openList();
  await list.refresh();
  const { settled, undo } = list.remove('a');
  expect([shown(), [...there], pinned()]).toEqual([['b'], ['a', 'b'], ['a', 'b']]);
  pass();
  undo();
  expect(await settled).toBe('removed');
  await list.refresh();
  expect([shown(), [...there], pinned()]).toEqual([['b'], ['b'], ['b']]);
});

test('until then it can be brought back, and nothing is deleted', async () => {
  const { list, there, pass, shown } = openList();
  await list.refresh();
  const { undo, settled } = list.remove('a');
  undo();
  expect(await settled).toBe('kept');
  pass();
  await list.refresh();
  expect([shown(), [...there]]).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
});

test('it comes back when the gateway refuses', async () => {
  const { list, pass, shown } = openList({ refuses: true });
  await list.refresh();
  const { settled } = list.remove('a');
  pass();
  await expect(settled).rejects.toThrow('no');
  await list.refresh();
  expect(shown()).toEqual(['a', 'b']);
});
