import { join } from 'node:path';
import { type ClientKind, clientControlAction, clientEvents } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import type { WorkerEvent } from '../../src/worker/worker.ts';
import { apiKey } from '../auth/open-door.ts';
import { openConnections } from './open-connections.ts';

/** What a frame leaves in the audit log, by whoever sent it; nothing: it only reads, or stands in the log of its session. */
type Trace = {
  data: Record<string, unknown>;
  record?: { action: string; decision?: 'allow' | 'deny' };
  /** What the agent asks before. */
  asked?: WorkerEvent;
};

/** A kind of frame that is not in here does not compile. */
const traces: Readonly<Record<ClientKind, Trace>> = {
  // One connection, one init: another is refused, and changes nothing.
  init: { data: { version: 'aep/v1', worker_type: 'scripted' } },
  ping: { data: {} },
  input: { data: { content: 'more', delivery: 'queue' } },
  'input.edit': { data: { input_id: 'waits', content: 'changed' } },
  'input.cancel': { data: { input_id: 'waits' } },
  permission_response: {
    data: { id: 'r', allowed: true },
    record: { action: 'permission' },
    asked: { type: 'permission_request', data: { id: 'r', tool_name: 'Bash', input_raw: { command: 'ls' } } },
  },
  question_response: {
    data: { id: 'r', answers: { 'Which?': 'this' } },
    record: { action: 'question' },
    asked: {
      type: 'question_request',
      data: { id: 'r', questions: [{ question: 'Which?', header: 'h', options: [], multi_select: false }] },
    },
  },
  elicitation_response: {
    data: { id: 'r', action: 'accept', content: {} },
    record: { action: 'elicitation' },
    asked: { type: 'elicitation_request', data: { id: 'r', mcp_server_name: 's', message: 'm' } },
  },
  worker_command: {
    data: { command: 'compact' },
    record: { action: 'command compact', decision: 'deny' },
  },
  control: { data: { action: 'interrupt' }, record: { action: 'control interrupt' } },
};

/** Somebody in the middle of a turn, with a prompt that waits behind it. */
async function openTurn() {
  const house = openConnections();
  const client = await house.join(apiKey);
  await client.say('input', { content: 'go' });
  await client.say('input', { content: 'then', input_id: 'waits', delivery: 'queue' }, 'c2');
  return { ...house, client, audit: () => house.store.auditAfter(0, 100) };
}

test.each(Object.keys(clientEvents) as ClientKind[])(
  '[L1] a frame of the kind %s is taken down once with who sent it, or has no need to be',
  async (kind) => {
    const { client, audit, worker, sessions } = await openTurn();
    const { data, record, asked } = traces[kind];
    if (asked) worker.say(asked);
    await client.say(kind, data, 'c3');
    const wanted = record && { actor: 'key:tests', decision: 'allow', ...record };
    expect(audit()).toMatchObject(wanted ? [wanted] : []);
    await sessions.close({ keepAgents: false });
  },
);

test('[L1] so is every control, and one that does not exist as refused', async () => {
  // Nothing branches off in the middle of a turn.
  const refused = new Set(['cd', 'fork', 'nonsense']);
  for (const action of [...clientControlAction.options, 'nonsense']) {
    const { client, audit, sessions } = await openTurn();
    const of: Record<string, object> = {
      cd: { details: { path: join(import.meta.dirname, '..') } },
      reauth: { auth: { token: apiKey } },
    };
    await client.say('control', { action, ...of[action] }, 'c3');
    expect(audit()).toMatchObject([
      { actor: 'key:tests', action: `control ${action}`, decision: refused.has(action) ? 'deny' : 'allow' },
    ]);
    await sessions.close({ keepAgents: false });
  }
});

test('[L1] a wrong credential in the middle of a connection is taken down once, and not by itself', async () => {
  const { client, audit, sessions } = await openTurn();
  await client.say('control', { action: 'reauth', auth: { token: 'wrong-key-0123456789' } }, 'c3');
  expect(audit()).toMatchObject([{ actor: 'address 127.0.0.1', action: 'authenticate', decision: 'deny' }]);
  expect(JSON.stringify(audit())).not.toContain('wrong-key');
  await sessions.close({ keepAgents: false });
});
