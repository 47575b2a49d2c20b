import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AnswerFolder } from '../../../src/worker/gate/answer-folder.ts';
import gate from '../../../src/worker/opencode/gate.ts';
import { gateCheck, toGateChecks } from '../../../src/worker/opencode/gate-check.ts';
import { parsePermission, toGateReadable, withGate } from '../../../src/worker/opencode/with-gate.ts';

let answers: AnswerFolder;
const said: string[] = [];
beforeEach(() => {
  answers = AnswerFolder.make();
  said.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  answers.remove();
});

const call = { tool: 'bash', sessionID: 'ses_1', callID: 'call_1' };
const input = { command: 'ls' };
const before = async (patienceMs?: number) => {
  const setup = { answers: answers.path, rules: [], ...(patienceMs !== undefined && { patienceMs }) };
  const hooks = await gate({}, setup);
  return hooks['tool.execute.before'](call, { args: input });
};
const asked = () => gateCheck.parse(JSON.parse(said.join('')));

test('[E4] OpenCode’s gate asks with the whole call and goes on when it may', async () => {
  const going = before();
  await vi.waitFor(() => expect(asked()).toMatchObject({ ...call, input }));
  answers.answer({ kind: 'permission', id: asked().id, allowed: true });
  await expect(going).resolves.toBeUndefined();
});

test('[E4] a refusal is thrown with its reason, which the model is told', async () => {
  const going = before();
  await vi.waitFor(() => expect(asked()).toMatchObject(call));
  answers.answer({ kind: 'permission', id: asked().id, allowed: false, reason: 'forbidden (N6)' });
  await expect(going).rejects.toThrow('forbidden (N6)');
});

test('[P7] without a word nothing runs', async () => {
  await expect(before(30)).rejects.toThrow('no word');
});

test('[P7] everything is forbidden until the gate is loaded', async () => {
  const permission = { bash: { '*': 'deny', 'git *': 'allow' } };
  const variables = withGate({ answers: answers.path, content: undefined, permission });
  const locked = JSON.parse(variables.OPENCODE_PERMISSION ?? '');
  expect(Object.entries(locked).at(-1)).toEqual(['**', 'deny']);
  const config = { permission: locked };
  await (await gate({}, { answers: answers.path, rules: [] })).config(config);
  expect(config.permission).toEqual(permission);
});

test('[D5] no rule of the operator stands behind what the session forbids: the last one that fits wins', async () => {
  const permission = { bash: 'deny', edit: { '*': 'deny' }, '*': 'allow', '**': 'deny' };
  await (await gate({}, { answers: answers.path, rules: ['edit', 'bash'] })).config({ permission });
  expect(Object.keys(permission)).toEqual(['*', 'edit', 'bash']);
});

test('[E4] the operator’s own configuration and plugins stay', () => {
  const content = JSON.stringify({ model: 'a/b', plugin: ['theirs'] });
  const variables = withGate({ answers: '/answers', content, permission: {} });
  expect(JSON.parse(variables.OPENCODE_CONFIG_CONTENT ?? '')).toEqual({
    model: 'a/b',
    plugin: [
      'theirs',
      [expect.stringMatching(/^file:.*gate\.(ts|mjs)$/), { answers: '/answers', rules: [] }],
    ],
  });
  expect(variables.OPENCODE_PURE).toBe('0');
});

test('[H7] a configuration that cannot be added to is named', () => {
  for (const content of ['{ // comment\n}', '[]', '"x"', '{"plugin": {}}'])
    expect(() => withGate({ answers: '/a', content, permission: {} })).toThrow('OPENCODE_CONFIG_CONTENT');
  expect(() => parsePermission('[')).toThrow('OPENCODE_PERMISSION');
  expect(parsePermission('"ask"')).toEqual({ '*': 'ask' });
  expect(parsePermission(undefined)).toEqual({});
});

test('[B3] within walls it reads itself and its answers', () => {
  expect(toGateReadable('/answers')).toContain('/answers');
});

test('[F3] a question whose name would be a path is none', () => {
  const asked = { type: 'hotplex.check', tool: 'bash', sessionID: 's', callID: 'c', input: {} };
  for (const id of ['../x', 'a/b', '', '.', 'x'.repeat(65)])
    expect(toGateChecks(JSON.stringify({ ...asked, id }))).toEqual([]);
  expect(toGateChecks(JSON.stringify({ ...asked, id: 'a-1' }))).toMatchObject([{ id: 'a-1' }]);
});
