import type { ServerEvent } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { read } from '../read-message.ts';
import { called, noStats, returned, said, succeeded, turnOf } from '../turn-script.ts';

describe('text and thinking', () => {
  test('[E1] a turn becomes one message named after the turn', async () => {
    const stats = { ...noStats, output_tokens: 3, stop_reason: 'end_turn' };
    const message = await read(
      turnOf([...said('m1', 'Hel', 'lo'), { type: 'done', data: { success: true, stats } }]),
    );
    expect(message).toEqual({
      id: 'turn_1',
      role: 'assistant',
      metadata: {
        sessionId: 'session_1',
        turnId: 'turn_1',
        createdAt: 1_700_000_000_001,
        success: true,
        stats,
        stopReason: 'end_turn',
      },
      parts: [
        { type: 'step-start' },
        { type: 'text', text: 'Hello', state: 'done', providerMetadata: { hotplex: { id: 'm1' } } },
      ],
    });
  });

  test('[E2] thinking ends when the same agent does anything else, not when another one does', async () => {
    const think = (content: string): ServerEvent => ({ type: 'reasoning', data: { id: 'r1', content } });
    const aside: ServerEvent = { type: 'reasoning', data: { id: 'r2', content: 'aside', parent_id: 't0' } };
    const message = await read(
      turnOf([think('a'), aside, think('b'), ...said('m1', 'x'), think('c'), succeeded]),
    );
    expect(message.parts).toMatchObject([
      { type: 'step-start' },
      { type: 'reasoning', text: 'ab', state: 'done' },
      { type: 'reasoning', text: 'aside', state: 'done', providerMetadata: { hotplex: { parentId: 't0' } } },
      { type: 'text', text: 'x' },
      { type: 'reasoning', text: 'c', state: 'done' },
    ]);
  });

  test('[E2] a whole message is one text part', async () => {
    const whole: ServerEvent = { type: 'message', data: { id: 'm1', role: 'assistant', content: 'all' } };
    const message = await read(turnOf([whole, succeeded]));
    expect(message.parts[1]).toMatchObject({ type: 'text', text: 'all', state: 'done' });
  });

  test('a delta whose start was lost, and an end without either, do no harm', async () => {
    const message = await read(
      turnOf([
        { type: 'message.end', data: { message_id: 'm0' } },
        { type: 'message.delta', data: { message_id: 'm1', content: 'late' } },
        succeeded,
      ]),
    );
    expect(message.parts[1]).toMatchObject({ type: 'text', text: 'late', state: 'done' });
  });

  test('a retraction removes exactly the retracted text of the current step', async () => {
    const message = await read(
      turnOf([
        ...said('m1', 'kept before'),
        called('t1'),
        returned('t1'),
        ...said('m2', 'kept'),
        ...said('m3', 'wrong'),
        called('t2'),
        { type: 'message.retract', data: { message_ids: ['m3'] } },
        returned('t2', 'two'),
        ...said('m4', 'right'),
        succeeded,
      ]),
    );
    expect(message.parts.map((part) => ('text' in part ? part.text : part.type))).toEqual([
      'step-start',
      'kept before',
      'dynamic-tool',
      'step-start',
      'kept',
      'dynamic-tool',
      'step-start',
      'right',
    ]);
    expect(message.parts[5]).toMatchObject({ toolCallId: 't2', state: 'output-available', output: 'two' });
  });

  test('a retraction of text in an earlier step is told in a part', async () => {
    const message = await read(
      turnOf([
        ...said('m1', 'wrong'),
        called('t1'),
        returned('t1'),
        ...said('m2', 'next'),
        { type: 'message.retract', data: { message_ids: ['m1'] } },
        succeeded,
      ]),
    );
    expect(message.parts.at(-1)).toMatchObject({ type: 'data-retraction', data: { message_ids: ['m1'] } });
  });

  test('text that goes on after a retraction beside it keeps every word', async () => {
    const message = await read(
      turnOf([
        { type: 'message.start', data: { id: 'm1', role: 'assistant', content_type: 'text' } },
        { type: 'message.delta', data: { message_id: 'm1', content: 'one ' } },
        ...said('m2', 'wrong'),
        { type: 'message.retract', data: { message_ids: ['m2'] } },
        { type: 'message.delta', data: { message_id: 'm1', content: 'two' } },
        succeeded,
      ]),
    );
    expect(message.parts.slice(1)).toMatchObject([{ type: 'text', text: 'one two', state: 'done' }]);
  });

  test('text of an earlier step that is still open goes on after a retraction, in a part of its own', async () => {
    const message = await read(
      turnOf([
        { type: 'message.start', data: { id: 'm1', role: 'assistant', content_type: 'text' } },
        { type: 'message.delta', data: { message_id: 'm1', content: 'one ' } },
        called('t1'),
        returned('t1'),
        ...said('m2', 'wrong'),
        { type: 'message.retract', data: { message_ids: ['m2'] } },
        { type: 'message.delta', data: { message_id: 'm1', content: 'two' } },
        succeeded,
      ]),
    );
    const texts = message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
    expect(texts).toEqual(['one ', 'two']);
  });
});
