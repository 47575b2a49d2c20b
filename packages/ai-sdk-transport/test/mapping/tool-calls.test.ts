import type { ServerEvent } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { chunksOf, messageOf, read } from '../read-message.ts';
import { called, returned, said, succeeded, turnOf } from '../turn-script.ts';

describe('tools', () => {
  test('[E1] a call keeps what the agent told of it, through its output', async () => {
    const message = await read(
      turnOf([
        {
          type: 'tool_call',
          data: {
            id: 't1',
            name: 'Edit',
            input: { path: 'a.ts' },
            kind: 'edit',
            title: 'Edit a.ts',
            locations: [{ path: 'a.ts', line: 3 }],
            parent_id: 't0',
          },
        },
        {
          type: 'tool_result',
          data: {
            id: 't1',
            output: 'done',
            diff: [{ path: 'a.ts', old_text: 'x', new_text: 'y' }],
            metadata: { lines: 1 },
          },
        },
        succeeded,
      ]),
    );
    expect(message.parts[1]).toEqual({
      type: 'dynamic-tool',
      toolCallId: 't1',
      toolName: 'Edit',
      title: 'Edit a.ts',
      state: 'output-available',
      input: { path: 'a.ts' },
      output: 'done',
      providerExecuted: true,
      toolMetadata: {
        hotplex: {
          kind: 'edit',
          title: 'Edit a.ts',
          locations: [{ path: 'a.ts', line: 3 }],
          parentId: 't0',
          diff: [{ path: 'a.ts', old_text: 'x', new_text: 'y' }],
          metadata: { lines: 1 },
        },
      },
    });
  });

  test('[E1] output of a running tool is shown whole each time, as preliminary', async () => {
    const more = (output_delta: string): ServerEvent => ({
      type: 'tool_update',
      data: { id: 't1', output_delta },
    });
    const turn = turnOf([called('t1'), more('a'), more('b'), returned('t1', 'ab!'), succeeded]);
    const outputs = (await chunksOf(turn)).filter(({ type }) => type === 'tool-output-available');
    expect(outputs).toMatchObject([
      { output: 'a', preliminary: true },
      { output: 'ab', preliminary: true },
      { output: 'ab!' },
    ]);
    expect((await messageOf(await chunksOf(turn.slice(0, 4)))).parts[1]).toMatchObject({
      state: 'output-available',
      preliminary: true,
      output: 'ab',
    });
  });

  test('a new title reaches a call in place, before it has any output', async () => {
    const title: ServerEvent = { type: 'tool_update', data: { id: 't1', title: 'List', status: 'running' } };
    const message = await read(turnOf([called('t1'), title]));
    expect(message.parts.slice(1)).toMatchObject([
      { title: 'List', state: 'input-available', toolMetadata: { hotplex: { status: 'running' } } },
    ]);
  });

  test('a failed tool, one that never returned and one that was cut off end as errors', async () => {
    const message = await read(
      turnOf([
        called('t1'),
        called('t2'),
        called('t3'),
        { type: 'tool_result', data: { id: 't1', output: null, error: 'no such file' } },
        { type: 'tool_update', data: { id: 't2', status: 'failed' } },
        succeeded,
      ]),
    );
    expect(message.parts.slice(1)).toMatchObject([
      { state: 'output-error', errorText: 'no such file' },
      { state: 'output-error', errorText: 'The tool did not finish.' },
      {
        state: 'output-error',
        errorText: 'The turn ended before this tool did.',
        toolMetadata: { hotplex: { stopped: true } },
      },
    ]);
  });

  test('what a tool had put out before it failed is kept beside its error, once', async () => {
    const more = (id: string): ServerEvent => ({
      type: 'tool_update',
      data: { id, output_delta: '1 failed\n' },
    });
    const failed = (id: string, output: unknown, error: string): ServerEvent => ({
      type: 'tool_result',
      data: { id, output, error },
    });
    const message = await read(
      turnOf([
        ...['t1', 't2', 't3', 't4'].flatMap((id) => [called(id), more(id)]),
        failed('t1', '1 failed, 2 passed\n', 'exit code 1'),
        failed('t2', null, 'exit code 1'),
        failed('t3', null, 'exit code 1\n1 failed'),
        succeeded,
      ]),
    );
    expect(message.parts.slice(1)).toMatchObject([
      { errorText: 'exit code 1', toolMetadata: { hotplex: { output: '1 failed, 2 passed\n' } } },
      { errorText: 'exit code 1', toolMetadata: { hotplex: { output: '1 failed\n' } } },
      { errorText: 'exit code 1\n1 failed' },
      {
        errorText: 'The turn ended before this tool did.',
        toolMetadata: { hotplex: { output: '1 failed\n' } },
      },
    ]);
    expect(message.parts[3]).not.toHaveProperty('toolMetadata.hotplex.output');
  });

  test('a result without its call makes the call', async () => {
    const message = await read(turnOf([returned('t9', 42), succeeded]));
    expect(message.parts[1]).toMatchObject({ toolCallId: 't9', toolName: 'unknown', output: 42 });
  });

  test('a step ends with the last result of a batch', async () => {
    const message = await read(
      turnOf([called('t1'), called('t2'), returned('t1'), returned('t2'), ...said('m1', 'x'), succeeded]),
    );
    expect(message.parts.map(({ type }) => type)).toEqual([
      'step-start',
      'dynamic-tool',
      'dynamic-tool',
      'step-start',
      'text',
    ]);
  });

  test('a late result finds its call in an earlier step', async () => {
    const message = await read(
      turnOf([
        called('t1'),
        { type: 'tool_update', data: { id: 't1', status: 'failed' } },
        ...said('m1', 'x'),
        returned('t1', 'after all'),
        succeeded,
      ]),
    );
    expect(message.parts[1]).toMatchObject({ state: 'output-available', output: 'after all' });
    expect(message.parts).toHaveLength(4);
  });
});
