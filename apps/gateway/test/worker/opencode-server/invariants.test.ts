import { describe, expect, test } from 'vitest';
import { expectClosedBlocks } from '../../contracts/worker-contract/expect-closed-blocks.ts';
import { expectShape } from '../../contracts/worker-contract/expect-shape.ts';
import { only } from '../claude-code/replay.ts';
import { replay, transcripts } from './replay.ts';

/** Promises that hold for every recording of the real server, whatever happened in it. */
describe.each(transcripts)('%s', (name) => {
  const sessions = replay(name);

  test('[E1] every event has the shape of the protocol', () => {
    expect(sessions.length).toBeGreaterThan(0);
    for (const event of sessions.flatMap(({ events }) => events)) expectShape(event);
  });

  test('[E2] a text block starts once, ends once, and has its words between', () => {
    for (const { events, conversation } of sessions) {
      const killed = conversation.turn !== undefined || /kill|sigterm/.test(name);
      if (!killed) expectClosedBlocks(events);
    }
  });

  test('[E2] a result names a call that was made, and each call has at most one', () => {
    for (const { events } of sessions) {
      const open = new Set<string>();
      for (const { type, data } of events) {
        if (type === 'tool_call') {
          expect(open.has(data.id)).toBe(false);
          open.add(data.id);
        }
        if (type === 'tool_result') expect(open.delete(data.id)).toBe(true);
      }
    }
  });

  test('[S2] one done per turn, after its error, and nothing of a turn behind it', () => {
    for (const { events, prompts, conversation } of sessions) {
      const ended = only(events, 'done');
      const open = conversation.turn === undefined ? 0 : 1;
      const steered = only(events, 'input.taken').length;
      const lost = /kill|sigterm/.test(name) ? 1 : 0;
      expect(ended.length + open + steered).toBeGreaterThanOrEqual(prompts - lost);
      expect(ended.length + open + steered).toBeLessThanOrEqual(prompts);
      for (const [index, event] of events.entries()) {
        if (event.type === 'error') expect(events[index + 1]?.type).toBe('done');
        if (event.type === 'done' && !event.data.success && event.data.stats?.stop_reason === 'error') {
          expect(events[index - 1]?.type).toBe('error');
        }
      }
    }
  });

  test('[E3] no figure is below zero, and tool calls are counted', () => {
    for (const { events } of sessions) {
      const calls = only(events, 'done').map(({ stats }) => stats?.tool_calls ?? 0);
      const told = only(events, 'tool_call').length;
      expect(calls.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(told);
      for (const { stats } of only(events, 'done')) {
        for (const value of Object.values(stats ?? {})) {
          if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
        }
      }
    }
  });

  test('[E2] whatever comes twice is told once', () => {
    // Behind a gap of the stream everything is fetched again.
    for (const { events } of sessions) {
      const ids = only(events, 'message.start').map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const asks = only(events, 'permission_request').map(({ id }) => id);
      expect(new Set(asks).size).toBe(asks.length);
    }
  });
});
