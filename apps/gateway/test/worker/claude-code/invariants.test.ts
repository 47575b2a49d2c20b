import { serverEvents } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { only, replay, texts, transcripts } from './replay.ts';

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
    expect(only(events, 'raw')).toEqual([]);
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

  test('[E2] a result names a call that was made, and each call has at most one', () => {
    const open = new Set<string>();
    for (const { type, data } of events) {
      if (type === 'tool_call') {
        expect(open.has(data.id)).toBe(false);
        open.add(data.id);
      }
      if (type === 'tool_result') expect(open.delete(data.id)).toBe(true);
    }
  });

  test('[S2] one done per turn, after its error', () => {
    const turns = records.filter((record) => record.type === 'result');
    const started = records.some((record) => record.type === 'system' && record.subtype === 'init');
    expect(only(events, 'done')).toHaveLength(started ? turns.length : 0);
    for (const [index, event] of events.entries()) {
      if (event.type === 'error')
        expect(events[index + 1]).toMatchObject({ type: 'done', data: { success: false } });
      if (event.type === 'done' && !event.data.success && event.data.stats?.stop_reason !== 'interrupted') {
        expect(events[index - 1]?.type).toBe('error');
      }
    }
  });

  test('[E2] the answer that the CLI sums up was delivered, and delivered once', () => {
    for (const record of records) {
      if (record.type !== 'result' || record.is_error || !record.result) continue;
      const same = texts(events).filter((text) => text.trim() === record.result?.trim());
      const results = records.filter((other) => other.type === 'result' && other.result === record.result);
      expect(same.length, record.result).toBeGreaterThanOrEqual(1);
      expect(same.length, record.result).toBeLessThanOrEqual(answers(records, record.result, results.length));
    }
  });

  test('[E3] the figures of the turns add up to what the CLI counted', () => {
    const last = records.filter((record) => record.type === 'result').at(-1);
    const reset = records.some(({ type }) => type === 'conversation_reset');
    const continued = name.startsWith('resume-');
    if (!last || reset || continued) return;
    const stats = only(events, 'done').map((done) => done.stats);
    const spent = stats.reduce((sum, figures) => sum + (figures?.cost_usd ?? 0), 0);
    const counted = Object.values(last.modelUsage ?? {}).reduce(
      (sum, { costUSD }) => sum + (costUSD ?? 0),
      0,
    );
    expect(spent).toBeCloseTo(counted, 9);
    for (const figures of stats) {
      const parts = [
        figures?.input_tokens,
        figures?.output_tokens,
        figures?.cache_read_tokens,
        figures?.cache_write_tokens,
      ];
      expect(figures?.total_tokens).toBe(parts.reduce<number>((sum, part) => sum + (part ?? 0), 0));
    }
  });

  test('[E4] what is asked can be answered', () => {
    for (const request of only(events, 'permission_request')) {
      expect(JSON.parse(request.args?.[0] ?? '')).toEqual(request.input_raw);
      expect(request.options?.map(({ id }) => id)).toEqual(expect.arrayContaining(['allow_once', 'deny']));
    }
  });
});

/** How often the model itself said these words, as complete blocks. */
function answers(records: ReturnType<typeof replay>['records'], text: string, results: number): number {
  const blocks = records.flatMap((record) => (record.type === 'assistant' ? record.message.content : []));
  const said = blocks.filter((block) => block.type === 'text' && block.text.trim() === text.trim()).length;
  return Math.max(said, results);
}
