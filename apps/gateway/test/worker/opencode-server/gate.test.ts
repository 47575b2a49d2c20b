import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { begin } from './begin.ts';
import { FakeServer } from './fake-server.ts';

let server: FakeServer;
beforeEach(async () => {
  server = await FakeServer.open();
  mkdirSync(join(server.folder, 'answers'));
});
afterEach(() => server[Symbol.asyncDispose]());

const check = (id: string, sessionID: string) =>
  JSON.stringify({
    ...{ type: 'hotplex.check', id, tool: 'bash', sessionID, callID: `call-${id}` },
    input: { command: 'ls' },
  });
const answer = (id: string) => join(server.folder, 'answers', `${id}.json`);

test('[E4] a tool that OpenCode’s own rules allow waits for the session’s word, which is given once', async () => {
  const { agent, from } = await begin(server);
  server.print('an INFO line', check('a', 'ses_1'), '{"type":"hotplex.check"}');
  const told = await agent.next('tool.check', from);
  expect(told).toMatchObject({ data: { id: 'a', tool_call_id: 'call-a' }, calls: [{ command: 'ls' }] });
  expect(JSON.parse(readFileSync(answer('a'), 'utf8'))).toEqual({ allowed: true });
  // What was decided stays so.
  agent.respond({ kind: 'permission', id: 'a', allowed: false, reason: 'no' });
  expect(JSON.parse(readFileSync(answer('a'), 'utf8'))).toEqual({ allowed: true });
});

test('[E4] that of a sub-agent is told once it is known whose it is, and that of a stranger never', async () => {
  const { agent, from } = await begin(server);
  server.print(check('b', 'ses_child'), check('c', 'ses_of_another'));
  server.say('session.created', { info: { id: 'ses_child', parentID: 'ses_1' } });
  expect(await agent.next('tool.check', from)).toMatchObject({ data: { id: 'b' } });
  expect(JSON.parse(readFileSync(answer('b'), 'utf8'))).toEqual({ allowed: true });
  expect(agent.all('tool.check')).toHaveLength(1);
  expect(existsSync(answer('c'))).toBe(false);
});

test.each([
  ['was refused', { allowed: false }],
  ['was allowed with another input', { allowed: true, updatedInput: { command: 'pwd' } }],
])('[E4] the result of a tool that %s says that it was denied', async (_, word) => {
  const { agent, from, info } = await begin(server, { agent: server.start({ word: () => word }) });
  server.print(check('a', 'ses_1'));
  await agent.next('tool.check', from);
  expect(JSON.parse(readFileSync(answer('a'), 'utf8'))).toMatchObject({ allowed: false });
  const state = { status: 'error', input: { command: 'ls' }, error: 'no', time: { start: 1, end: 2 } };
  const part = { id: 'prt_2', messageID: info().id, sessionID: 'ses_1', type: 'tool', tool: 'bash' };
  server.say('message.part.updated', { part: { ...part, callID: 'call-a', state } });
  expect((await agent.next('tool_result', from)).data).toMatchObject({ id: 'call-a', denied: true });
});
