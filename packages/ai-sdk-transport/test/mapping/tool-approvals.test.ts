import type { ServerEvent } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { read } from '../read-message.ts';
import { called, returned, succeeded, turnOf } from '../turn-script.ts';

const request = (data: object = {}): ServerEvent => ({
  type: 'permission_request',
  data: { id: 'p1', tool_name: 'Bash', description: 'run ls', input_raw: { command: 'ls' }, ...data },
});
const resolved = (allowed: boolean, message?: string): ServerEvent => ({
  type: 'permission.resolved',
  data: { id: 'p1', allowed, by: 'ada', reason: 'answered', ...(message ? { message } : {}) },
});

describe('permission', () => {
  test('[E4] a request stands on its call, with the details in a part beside it', async () => {
    const options = [{ id: 'o1', label: 'Once', kind: 'allow_once' as const }];
    const turn = turnOf([called('t1'), request({ tool_call_id: 't1', options, deadline_ms: 99 })]);
    expect((await read(turn)).parts.slice(1)).toMatchObject([
      { toolCallId: 't1', state: 'approval-requested', approval: { id: 'p1', requestReason: 'run ls' } },
      {
        type: 'data-permission',
        id: 'p1',
        data: {
          status: 'pending',
          tool_call_id: 't1',
          options,
          deadline_ms: 99,
          input_raw: { command: 'ls' },
        },
      },
    ]);
  });

  test('[E4] allowed: the tool goes on and its output follows', async () => {
    const message = await read(
      turnOf([called('t1'), request({ tool_call_id: 't1' }), resolved(true), returned('t1'), succeeded]),
    );
    expect(message.parts.slice(1)).toMatchObject([
      { state: 'output-available', output: 'ok', approval: { id: 'p1', approved: true } },
      { type: 'data-permission', data: { status: 'allowed', by: 'ada', reason: 'answered' } },
    ]);
  });

  test('[E4] denied: the tool stays denied, whatever result the agent reports', async () => {
    const message = await read(
      turnOf([
        called('t1'),
        request({ tool_call_id: 't1' }),
        resolved(false, 'not now'),
        { type: 'tool_result', data: { id: 't1', output: 'refused', error: 'refused' } },
        succeeded,
      ]),
    );
    expect(message.parts.slice(1)).toMatchObject([
      { state: 'output-denied', approval: { id: 'p1', approved: false, reason: 'not now' } },
      { type: 'data-permission', data: { status: 'denied', message: 'not now' } },
    ]);
  });

  test('[E4] a request without a call id goes to the newest open call of that tool, else to one of its own', async () => {
    const known = await read(turnOf([called('t1'), called('t2', 'Read'), request()]));
    expect(known.parts[1]).toMatchObject({ toolCallId: 't1', state: 'approval-requested' });
    const own = await read(turnOf([request(), resolved(true), succeeded]));
    expect(own.parts.slice(1)).toMatchObject([
      { toolCallId: 'perm:p1', toolName: 'Bash', input: { command: 'ls' }, state: 'output-available' },
      { type: 'data-permission', data: { tool_call_id: 'perm:p1', status: 'allowed' } },
    ]);
  });

  test('[E4] a request that comes before its call keeps its buttons when the call comes', async () => {
    const message = await read(turnOf([request({ tool_call_id: 't1' }), called('t1')]));
    expect(message.parts.filter(({ type }) => type === 'dynamic-tool')).toMatchObject([
      { toolCallId: 't1', state: 'approval-requested', approval: { id: 'p1' } },
    ]);
  });

  test('[E4] a denial by a rule, without a request, is an automatic one', async () => {
    const message = await read(
      turnOf([
        called('t1'),
        { type: 'tool_result', data: { id: 't1', output: null, denied: true, error: 'by rule' } },
        succeeded,
      ]),
    );
    expect(message.parts[1]).toMatchObject({
      state: 'output-denied',
      approval: { approved: false, isAutomatic: true, reason: 'by rule' },
    });
  });

  test('[E4] the end of the turn closes what nobody answered', async () => {
    const message = await read(turnOf([called('t1'), request({ tool_call_id: 't1' }), succeeded]));
    expect(message.parts.slice(1)).toMatchObject([
      { state: 'output-denied', approval: { approved: false } },
      { type: 'data-permission', data: { status: 'denied', reason: 'interrupted', by: null } },
    ]);
  });

  test('in turn mode a request shares its step with nothing that is open', async () => {
    const message = await read(
      turnOf([called('t1', 'Read'), called('t2'), request({ tool_call_id: 't2' })]),
      { approvals: 'turn' },
    );
    expect(message.parts.map((part) => ('toolCallId' in part ? part.toolCallId : part.type))).toEqual([
      'step-start',
      't1',
      't2',
      'step-start',
      'perm:p1',
      'data-permission',
    ]);
  });
});
