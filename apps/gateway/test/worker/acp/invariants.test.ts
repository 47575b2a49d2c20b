import { describe, expect, test } from 'vitest';
import { ofType } from '../../contracts/of-type.ts';
import { expectClosedBlocks } from '../../contracts/worker-contract/expect-closed-blocks.ts';
import { expectShape } from '../../contracts/worker-contract/expect-shape.ts';
import { replay, transcripts } from './replay.ts';

/** Promises that hold for every recording of a real agent, whatever happened in it. */
describe.each(transcripts)('%s', (name) => {
  const { events, lines, answered } = replay(name);

  test('[E1] every event has the shape of the protocol', () => {
    for (const event of events) expectShape(event);
  });

  test('[E1] no line is a stranger', () => {
    expect(lines.filter(({ type }) => type === 'unknown')).toEqual([]);
    expect(ofType(events, 'raw')).toEqual([]);
  });

  test('[E2] a text block starts once, ends once, and has its words between', () => {
    expectClosedBlocks(events);
  });

  test('[E2] a call is told once and has one result, and everything about it stands between', () => {
    const open = new Set<string>();
    const told = new Set<string>();
    for (const { type, data } of events) {
      if (type === 'tool_call') {
        expect(told.has(data.id)).toBe(false);
        told.add(data.id);
        open.add(data.id);
        expect(data.title).toMatch(/\S/);
      }
      if (type === 'tool_update') expect(open.has(data.id)).toBe(true);
      if (type === 'tool_result') expect(open.delete(data.id)).toBe(true);
    }
    expect([...open]).toEqual([]);
  });

  test('[S2] one done per answered prompt, right after its error', () => {
    expect(ofType(events, 'done')).toHaveLength(answered);
    for (const [index, event] of events.entries()) {
      if (event.type === 'error') expect(events[index + 1]).toMatchObject({ type: 'done' });
    }
  });

  test('[E3] as many tool calls are counted as were told', () => {
    const counted = ofType(events, 'done').map(({ data }) => data.stats?.tool_calls ?? 0);
    expect(counted.reduce((sum, calls) => sum + calls, 0)).toBe(ofType(events, 'tool_call').length);
  });
});
