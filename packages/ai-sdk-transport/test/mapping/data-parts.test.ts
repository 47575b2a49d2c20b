import type { ServerEvent } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { chunksOf, read } from '../read-message.ts';
import { logOf, said, succeeded, turnOf } from '../turn-script.ts';

describe('questions, plans, notices', () => {
  test('[E4] a question is replaced in place by its answer, or withdrawn', async () => {
    const ask = (id: string): ServerEvent => ({
      type: 'question_request',
      data: { id, questions: [{ question: 'Which?', options: [{ label: 'A' }] }] },
    });
    const message = await read(
      turnOf([
        ask('q1'),
        ask('q2'),
        {
          type: 'question.resolved',
          data: { id: 'q1', answers: { 'Which?': 'A' }, by: 'ada', reason: 'answered' },
        },
        succeeded,
      ]),
    );
    expect(message.parts.slice(1)).toMatchObject([
      { id: 'q1', data: { status: 'answered', answers: { 'Which?': 'A' }, by: 'ada' } },
      { id: 'q2', data: { status: 'withdrawn', answers: null, reason: 'interrupted' } },
    ]);
  });

  test('[E4] an elicitation keeps its form and gets its outcome', async () => {
    const message = await read(
      turnOf([
        { type: 'elicitation_request', data: { id: 'e1', mcp_server_name: 'git', message: 'Branch?' } },
        { type: 'elicitation.resolved', data: { id: 'e1', action: 'accept', by: 'ada', reason: 'answered' } },
        succeeded,
      ]),
    );
    expect(message.parts[1]).toMatchObject({
      type: 'data-elicitation',
      data: { message: 'Branch?', status: 'answered', action: 'accept' },
    });
  });

  test('[E1] the plan is one part, the newest wins; a step gathers what is told of it', async () => {
    const plan = (status: 'pending' | 'completed'): ServerEvent => ({
      type: 'plan',
      data: { entries: [{ content: 'test', status }] },
    });
    const message = await read(
      turnOf([
        plan('pending'),
        { type: 'step', data: { id: 's1', step_type: 'agent', name: 'Explore', status: 'running' } },
        plan('completed'),
        { type: 'step', data: { id: 's1', step_type: 'agent', output: 'found', status: 'completed' } },
        succeeded,
      ]),
    );
    expect(message.parts.slice(1)).toEqual([
      { type: 'data-plan', id: 'plan', data: { entries: [{ content: 'test', status: 'completed' }] } },
      {
        type: 'data-step',
        id: 's1',
        data: { id: 's1', step_type: 'agent', name: 'Explore', output: 'found', status: 'completed' },
      },
    ]);
  });

  test('[E1] notices and raw words are parts; figures of the session are transient', async () => {
    const turn = turnOf([
      { type: 'worker.notice', data: { kind: 'retry', message: 'again in 2 s' } },
      { type: 'raw', data: { kind: 'odd', raw: { a: 1 } } },
      { type: 'context_usage', data: { total_tokens: 5, max_tokens: 10, percentage: 50 } },
      { type: 'session.title', data: { title: 'T' } },
      succeeded,
    ]);
    expect((await read(turn)).parts.map(({ type }) => type)).toEqual([
      'step-start',
      'data-notice',
      'data-raw',
    ]);
    const transient = (await chunksOf(turn)).filter((chunk) => 'transient' in chunk && chunk.transient);
    expect(transient.map(({ type }) => type)).toEqual(['data-state', 'data-context', 'data-title']);
  });

  test('[S5] a lost memory is announced in the message', async () => {
    const turn = logOf([{ type: 'state', data: { state: 'running', message: 'context_lost' } }, succeeded], {
      turnId: 'turn_1',
    });
    expect((await read(turn)).parts[1]).toMatchObject({
      type: 'data-notice',
      data: { kind: 'info', message: 'context_lost' },
    });
  });

  test('[I3] a prompt that steered the running turn is a part of its message', async () => {
    const message = await read([
      ...turnOf(said('m1', 'a')),
      ...logOf(
        [
          {
            type: 'input',
            data: { input_id: 'i2', content: 'left!', author: 'ada', delivery: 'steer', status: 'queued' },
          },
          { type: 'input.status', data: { input_id: 'i2', status: 'delivered', turn_id: 'turn_1' } },
        ],
        { firstSeq: 5 },
      ),
    ]);
    expect(message.parts.at(-1)).toEqual({
      type: 'steering-message',
      id: 'i2',
      parts: [{ type: 'text', text: 'left!' }],
    });
  });

  test('[I3] what the agent says after it took a steered prompt stands after it', async () => {
    const steered: ServerEvent[] = [
      {
        type: 'input',
        data: { input_id: 'i2', content: 'left!', author: 'ada', delivery: 'steer', status: 'queued' },
      },
      { type: 'input.status', data: { input_id: 'i2', status: 'delivered', turn_id: 'turn_1' } },
    ];
    const [start, before, after, end] = said('m1', 'straight on', 'then left');
    if (!start || !before || !after || !end) throw new Error('unreachable');
    const message = await read(turnOf([start, before, ...steered, after, end, succeeded]));
    expect(message.parts.slice(1)).toMatchObject([
      { type: 'text', text: 'straight on' },
      { type: 'steering-message', id: 'i2' },
      { type: 'text', text: 'then left' },
    ]);
  });
});
