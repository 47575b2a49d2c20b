import { serverEvents } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { ofType } from '../../contracts/of-type.ts';
import { blockTexts } from './outline.ts';
import { replay, transcripts } from './replay.ts';

/** Promises that hold for every recording of the real CLI, whatever happened in it. */
describe.each(transcripts)('%s', (name) => {
  const { events, records } = replay(name);

  test('[E1] every event has the shape of the protocol', () => {
    for (const event of events) {
      if (!(event.type in serverEvents)) continue;
      const schema = serverEvents[event.type as keyof typeof serverEvents].data;
      expect(schema.safeParse(event.data).error, JSON.stringify(event)).toBeUndefined();
    }
  });

  test('[E1] no line is a stranger', () => {
    expect(records.filter(({ type }) => type === 'unknown')).toEqual([]);
    expect(ofType(events, 'raw')).toEqual([]);
  });

  test('[E2] a text block starts once, ends once, and has its words between', () => {
    const state = new Map<string, 'open' | 'ended'>();
    for (const { type, data } of events) {
      if (type === 'message.start') {
        expect(state.has(data.id)).toBe(false);
        state.set(data.id, 'open');
      }
      if (type === 'message.delta') expect(state.get(data.message_id)).toBe('open');
      if (type === 'message.end') {
        expect(state.get(data.message_id)).toBe('open');
        state.set(data.message_id, 'ended');
      }
      if (type === 'message.retract') {
        for (const id of data.message_ids) expect(state.get(id)).toBe('ended');
      }
      if (type === 'message') {
        expect(state.has(data.id)).toBe(false);
        state.set(data.id, 'ended');
      }
      if (type === 'done') expect([...state.values()]).not.toContain('open');
    }
  });

  test('[E2] what the agent said in the end is what was told, once and in order', () => {
    const said = records.flatMap((record) => {
      if (record.type !== 'message_end' || record.message.role !== 'assistant') return [];
      return record.message.content.flatMap((block) =>
        block.type === 'text' && block.text ? [block.text] : [],
      );
    });
    const told = [...blockTexts(events).values()];
    // A message that a kill cut off was told as far as it came.
    expect(told.slice(0, said.length)).toEqual(said);
    expect(told.length - said.length).toBeLessThanOrEqual(1);
  });

  test('[E2] a result names a call that was made, and each call has one or is told as failed', () => {
    const open = new Set<string>();
    for (const { type, data } of events) {
      if (type === 'tool_call') {
        expect(open.has(data.id)).toBe(false);
        open.add(data.id);
      }
      if (type === 'tool_update') expect(open.has(data.id)).toBe(true);
      if (type === 'tool_update' && data.status === 'failed') open.delete(data.id);
      if (type === 'tool_result') expect(open.delete(data.id)).toBe(true);
      if (type === 'done') expect([...open]).toEqual([]);
    }
  });

  test('[S2] one done per turn, after its error', () => {
    const settled = records.filter(({ type }) => type === 'agent_settled').length;
    const done = ofType(events, 'done');
    // A prompt that was refused, or handled by an extension, is a turn in which Pi did nothing.
    const idle = done.filter(({ data }) => data.stats?.model_requests === 0).length;
    expect(done.length - idle).toBeLessThanOrEqual(settled);
    expect(done.length).toBeGreaterThanOrEqual(settled);
    for (const [index, event] of events.entries()) {
      if (event.type === 'error') {
        expect(events[index + 1]).toMatchObject({ type: 'done', data: { success: false } });
      }
      if (event.type === 'done' && !event.data.success && event.data.stats?.stop_reason !== 'interrupted') {
        expect(events[index - 1]?.type).toBe('error');
      }
    }
  });

  test('[E3] the figures of the turns add up to what Pi counted', () => {
    const killed =
      ofType(events, 'done').length < records.filter(({ type }) => type === 'agent_start').length;
    const spent = records.flatMap((record) => {
      if (record.type === 'message_end' && record.message.role === 'assistant') return [record.message.usage];
      return [];
    });
    const cost = spent.reduce((sum, usage) => sum + (usage?.cost?.total ?? 0), 0);
    const told = ofType(events, 'done').reduce((sum, { data }) => sum + (data.stats?.cost_usd ?? 0), 0);
    if (killed) expect(told).toBeLessThanOrEqual(cost + 1e-9);
    else expect(told).toBeCloseTo(cost, 9);
    for (const { data } of ofType(events, 'done')) {
      const { input_tokens, output_tokens, cache_read_tokens, cache_write_tokens } = data.stats ?? {};
      const parts = [input_tokens, output_tokens, cache_read_tokens, cache_write_tokens];
      const known = parts.every((part) => typeof part === 'number');
      expect(data.stats?.total_tokens).toBe(
        known ? parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) : null,
      );
    }
  });

  test('[E4] what is asked can be answered, and is answered or taken back', () => {
    for (const { data } of ofType(events, 'permission_request')) {
      expect(JSON.parse(data.args?.[0] ?? '')).toEqual(data.input_raw);
      expect(data.options?.map(({ kind }) => kind)).toEqual(['allow_once', 'allow_always', 'reject_once']);
    }
  });
});
