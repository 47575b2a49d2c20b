import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gateCommand, toGateVariables } from '../../../src/worker/acpx/with-gate.ts';
import { AnswerFolder } from '../../../src/worker/gate/answer-folder.ts';

let answers: AnswerFolder;
let gate: ChildProcessWithoutNullStreams;
let said: string;
beforeEach(() => {
  answers = AnswerFolder.make();
  said = '';
});
afterEach(() => {
  gate.kill('SIGKILL');
  answers.remove();
});

/** The gate as acpx starts it, with this script for the agent behind it. */
function start(script: string): void {
  const [file = '', ...args] = [...gateCommand, process.execPath, '-e', script];
  const env = { PATH: process.env.PATH, ...toGateVariables({ answers: answers.path }) };
  gate = spawn(file, args, { env, stdio: 'pipe' });
  gate.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
}
const lines = () => said.split('\n').filter((line) => line !== '');

test('[E1] passes lines both ways, ends with the agent and with its code', async () => {
  start(
    `process.stdin.on('data', (text) => process.stdout.write('heard ' + text)).on('end', () => process.exit(7))`,
  );
  gate.stdin.write('{"id":1}\n');
  await vi.waitFor(() => expect(lines()).toEqual(['heard {"id":1}']), { timeout: 10_000 });
  gate.stdin.end();
  expect(await once(gate, 'exit')).toEqual([7, null]);
});

test('[E2] the agent knows nothing of the gate', async () => {
  start('console.log(Object.keys(process.env).filter((name) => /GATE/.test(name)).join() || "nothing")');
  await once(gate, 'close');
  expect(lines()).toEqual(['nothing']);
});

test('[E4] what the agent asks waits for the file with the answer', async () => {
  const params = { toolCall: { toolCallId: 'c' }, options: [{ optionId: 'no', kind: 'reject_once' }] };
  const request = JSON.stringify({ id: 5, method: 'session/request_permission', params });
  start(
    `console.log(${JSON.stringify(request)}); process.stdin.on('data', (text) => console.log('heard ' + text.toString().trim()))`,
  );
  await vi.waitFor(() => expect(lines()).toHaveLength(1), { timeout: 10_000 });
  const { id } = JSON.parse(lines()[0] ?? '').params;
  answers.answer({ kind: 'permission', id, allowed: false });
  const outcome = { outcome: 'selected', optionId: 'no' };
  const refusal = JSON.stringify({ jsonrpc: '2.0', id: 5, result: { outcome } });
  await vi.waitFor(() => expect(lines()[1]).toBe(`heard ${refusal}`));
});

test('[S2] an agent that is not there ends it', async () => {
  const [file = '', ...args] = [...gateCommand, '/nowhere/agent'];
  gate = spawn(file, args, { env: toGateVariables({ answers: answers.path }), stdio: 'pipe' });
  expect(await once(gate, 'exit')).toEqual([127, null]);
});

test('[B2] TERM ends the agent and with it the gate', async () => {
  start('console.log("up"); setInterval(() => {}, 1000)');
  await vi.waitFor(() => expect(lines()).toEqual(['up']), { timeout: 10_000 });
  gate.kill('SIGTERM');
  expect(await once(gate, 'exit')).toEqual([1, null]);
});
