import type { ServerEvent } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { chunksOf, messageOf, read } from '../read-message.ts';
import { logOf, noStats, said, succeeded, turnOf } from '../turn-script.ts';

describe('the end of a turn', () => {
  const ended = async (events: ServerEvent[]) => {
    const chunks = await chunksOf(turnOf(events));
    expect(chunks.filter(({ type }) => type === 'error')).toEqual([]);
    const last = chunks.at(-1);
    return { reason: last?.type === 'finish' && last.finishReason, message: await messageOf(chunks) };
  };
  const failedWith = (stop_reason: string): ServerEvent => ({
    type: 'done',
    data: { success: false, stats: { ...noStats, stop_reason } },
  });

  test('[S2] a failed turn shows its error and ends, it never kills the stream', async () => {
    const { reason, message } = await ended([
      ...said('m1', 'half'),
      { type: 'error', data: { code: 'WORKER_CRASH', message: 'gone', retryable: true } },
      failedWith('error'),
    ]);
    expect(reason).toBe('error');
    expect(message.parts.at(-1)).toMatchObject({ type: 'data-error', data: { code: 'WORKER_CRASH' } });
    expect(message.metadata).toMatchObject({
      success: false,
      error: { code: 'WORKER_CRASH', message: 'gone' },
    });
  });

  test('[S6] a turn that somebody stopped is interrupted, with or without an error', async () => {
    const restart: ServerEvent = { type: 'error', data: { code: 'RECONNECT_REQUIRED', message: 'restart' } };
    expect((await ended([failedWith('interrupted')])).reason).toBe('interrupted');
    expect((await ended([restart, failedWith('interrupted')])).reason).toBe('interrupted');
    expect((await ended([{ type: 'done', data: { success: false } }])).reason).toBe('interrupted');
    expect((await ended([{ type: 'state', data: { state: 'terminated' } }])).reason).toBe('interrupted');
  });

  test('[E3] the stop reason of a good turn is told in the words of the AI SDK', async () => {
    const good = (stop_reason: string): ServerEvent => ({
      type: 'done',
      data: { success: true, stats: { ...noStats, stop_reason } },
    });
    expect((await ended([good('end_turn')])).reason).toBe('stop');
    expect((await ended([good('max_tokens')])).reason).toBe('length');
    expect((await ended([good('refusal')])).reason).toBe('content-filter');
  });

  test('events of other turns, and what comes after the end, give nothing', async () => {
    const other = logOf(said('m9', 'other'), { turnId: 'turn_2' });
    expect(await chunksOf(other)).toEqual([]);
    expect((await read([...turnOf(said('m1', 'a')), ...other])).parts).toHaveLength(2);
    const message = await read([...turnOf([...said('m1', 'a'), succeeded]), ...turnOf(said('m2', 'b'))]);
    expect(message.parts).toHaveLength(2);
  });
});
