import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GateTraffic } from '../../../src/worker/acpx/gate-traffic.ts';
import { decodeLine } from '../../../src/worker/acpx/messages.ts';
import { newExchange, newSession, takeAnswer, translateLine } from '../../../src/worker/acpx/translate.ts';
import { AnswerFolder } from '../../../src/worker/gate/answer-folder.ts';

let answers: AnswerFolder;
let toClient: string[];
let toAgent: string[];
let traffic: GateTraffic;
beforeEach(() => {
  answers = AnswerFolder.make();
  [toClient, toAgent] = [[], []];
  traffic = new GateTraffic({
    answers: answers.path,
    sessionMeta: { claudeCode: { options: { settingSources: ['user'] } } },
    toClient: async (line) => void toClient.push(line),
    toAgent: async (line) => void toAgent.push(line),
  });
});
afterEach(() => {
  traffic.close();
  answers.remove();
});

const toolCall = { toolCallId: 'call_1', title: 'ls', kind: 'execute', rawInput: { command: 'ls' } };
const options = [
  { optionId: 'always', name: 'Always', kind: 'allow_always' },
  { optionId: 'yes', name: 'Yes', kind: 'allow_once' },
  { optionId: 'no', name: 'No', kind: 'reject_once' },
];
const request = (offered: readonly object[] = options) =>
  JSON.stringify({
    ...{ jsonrpc: '2.0', id: 0, method: 'session/request_permission' },
    params: { sessionId: 's1', toolCall, options: offered },
  });
const answerOf = (outcome: object) => JSON.stringify({ jsonrpc: '2.0', id: 0, result: { outcome } });

/** Lets the agent ask, and returns the check that the gateway hears of. */
async function ask(line = request()) {
  await traffic.fromAgent(line);
  const told = decodeLine(toClient[0] ?? '');
  if (told.type !== 'check') throw new Error('nothing was asked');
  expect(toClient).toHaveLength(1);
  return told.check.id;
}

test('[E4] a request reaches acpx once the gateway has no objection, as the agent wrote it', async () => {
  answers.answer({ kind: 'permission', id: await ask(), allowed: true });
  await vi.waitFor(() => expect(toClient.at(-1)).toBe(request()));
  expect(toAgent).toEqual([]);
});

test('[E4] a request that is refused does not reach acpx, whose flags might allow it', async () => {
  answers.answer({ kind: 'permission', id: await ask(), allowed: false });
  await vi.waitFor(() => expect(toAgent).toEqual([answerOf({ outcome: 'selected', optionId: 'no' })]));
  expect(toClient).toHaveLength(1);
});

test('[E4] an agent that cannot be told no is told that its turn was cancelled', async () => {
  answers.answer({ kind: 'permission', id: await ask(request(options.slice(0, 2))), allowed: false });
  await vi.waitFor(() => expect(toAgent).toEqual([answerOf({ outcome: 'cancelled' })]));
});

test('[I5] what waits is answered when its turn is cancelled, and that of no other session', async () => {
  await ask();
  const cancel = (sessionId: string) =>
    JSON.stringify({ jsonrpc: '2.0', method: 'session/cancel', params: { sessionId } });
  await traffic.fromClient(cancel('s2'));
  await traffic.fromClient(cancel('s1'));
  const answer = answerOf({ outcome: 'cancelled' });
  await vi.waitFor(() => expect(toAgent).toEqual([cancel('s2'), cancel('s1'), answer]));
});

test('[B6] what the gateway says of a session outranks what acpx says of it', async () => {
  const claudeCode = { options: { settingSources: ['project', 'local'], model: 'opus' } };
  for (const method of ['session/new', 'session/load', 'session/resume'])
    await traffic.fromClient(JSON.stringify({ id: 1, method, params: { cwd: '/w', _meta: { claudeCode } } }));
  for (const line of toAgent) {
    const { params } = JSON.parse(line);
    expect(params.cwd).toBe('/w');
    expect(params._meta.claudeCode.options).toEqual({ settingSources: ['user'], model: 'opus' });
  }
});

test('[E1] everything else passes as it is, also what is no JSON', async () => {
  for (const line of ['{"id":1,"method":"session/prompt","params":{}}', 'words', '[]', 'null', '']) {
    await traffic.fromClient(line);
    await traffic.fromAgent(line);
    expect([toAgent.at(-1), toClient.at(-1)]).toEqual([line, line]);
  }
});

test('[E4] a plugin’s question on the agent’s output is told as a check of its own', async () => {
  const check = { type: 'hotplex.check', id: 'c1', tool: 'read', sessionID: 's', callID: 'call_2' };
  await traffic.fromAgent(JSON.stringify({ ...check, input: { filePath: '/etc/shadow' } }));
  const session = newSession({ workDir: '/work', resumed: false });
  const context = { session, exchange: newExchange(), at: 0 };
  const { events } = translateLine(decodeLine(toClient[0] ?? ''), context);
  expect(events).toMatchObject([
    { type: 'tool.check', calls: [{ kind: 'read', path: '/etc/shadow', cwd: '/work' }] },
  ]);
});

test.each([
  ['a refusal', { allowed: false }],
  ['an allowance of another input', { allowed: true, updatedInput: { command: 'pwd' } }],
])(
  '[E4] a check tells the call and what it would do, and %s is remembered for its result',
  async (_, word) => {
    await ask();
    const line = decodeLine(toClient[0] ?? '');
    const session = newSession({ workDir: '/work', resumed: false });
    const { events } = translateLine(line, { session, exchange: newExchange(), at: 0 });
    expect(events).toMatchObject([
      { type: 'tool_call', data: { id: 'call_1' } },
      { type: 'tool.check', calls: [{ kind: 'command', command: 'ls', cwd: '/work' }] },
    ]);
    const [id = ''] = session.checks.keys();
    expect(takeAnswer(session, { kind: 'permission', id: 'of another', allowed: true })).toBe(false);
    expect(takeAnswer(session, { kind: 'permission', id, ...word })).toBe(true);
    expect(session.conversation.refused).toContain('call_1');
    expect(takeAnswer(session, { kind: 'permission', id, allowed: true })).toBe(false);
  },
);
