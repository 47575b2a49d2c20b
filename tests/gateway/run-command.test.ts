import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownHome } from '../support/own-home.ts';
import { main, runCli } from '../support/run-cli.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const remote = () => ({ HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey, HOTPLEX_AGENT: 'demo' });
const run = (
  args: readonly string[],
  { input, env = {} }: { input?: string; env?: Record<string, string> } = {},
) =>
  runCli(['run', ...args], {
    ...{ home: gateway.workDir, env: { ...remote(), ...env } },
    ...(input === undefined ? {} : { input }),
  });

describe('a run', () => {
  test('gives the answer on stdout and all else on stderr; its session goes on with --session', async () => {
    const first = await run(['remember tea']);
    expect(first.code).toBe(0);
    expect(first.out).not.toBe('');
    const id = /^session (\S+)$/m.exec(first.err)?.[1] ?? '';
    const second = await run(['--session', id.slice(0, 8), '--json', '-'], { input: 'recall\n' });
    expect(JSON.parse(second.out)).toMatchObject({
      ok: true,
      session_id: id,
      text: expect.stringContaining('tea'),
    });
  });

  test.each([
    [
      'a permission that is denied',
      ['permission'],
      3,
      { ok: true, denied: ['Bash: touch made-by-the-demo.txt'] },
    ],
    ['a permission that is allowed', ['--permission', 'allow', 'permission'], 0, { ok: true, denied: [] }],
    ['a turn that fails', ['error'], 1, { ok: false, error: { code: 'WORKER_TIMEOUT' } }],
    ['a turn without an end', ['--timeout', '500ms', 'wait'], 124, { ok: false, stop_reason: 'interrupted' }],
    ['a question', ['question'], 3, { waits_for: expect.stringContaining('Which colour') }],
  ])('%s: its exit code and its JSON', async (_, args, code, result) => {
    const ended = await run(['--json', ...args]);
    expect(JSON.parse(ended.out)).toMatchObject({ agent: 'demo', ...result });
    expect(ended.code).toBe(code);
  });

  test('a question that nobody answered waits where somebody can answer it', async () => {
    const { session_id: id } = JSON.parse((await run(['--json', 'question'])).out) as { session_id: string };
    const session = await new SessionsApi({ url: gateway.url, auth: apiKey }).get(id);
    expect(session).toMatchObject({ state: 'running', pending: 1 });
  });

  test('--stream-json is every event of the turn, and the result', async () => {
    const { out } = await run(['--stream-json', 'flood 3']);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ type: 'result', ok: true });
    expect(lines.at(-2)).toMatchObject({ event: { type: 'done' }, turn_id: lines.at(-1).turn_id });
    expect(lines.map(({ event }) => event?.type)).toContain('message.delta');
  });

  test('Ctrl+C interrupts the turn, and then leaves', async () => {
    const child = spawn(process.execPath, [main, 'run', '--stream-json', 'wait'], {
      cwd: gateway.workDir,
      env: { PATH: process.env.PATH, HOME: gateway.workDir, ...remote() },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('message.delta') && !child.killed) child.kill('SIGINT');
    });
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(JSON.parse(said.trim().split('\n').at(-1) ?? '')).toMatchObject({
      ok: false,
      stop_reason: 'interrupted',
    });
  });

  test.each([
    [['a', 'b'], 2, 'it is: hotplex run PROMPT'],
    [[''], 2, 'it is: hotplex run PROMPT'],
    [['--permission', 'ask', 'x'], 2, 'there is no terminal'],
    [['--timeout', 'soon', 'x'], 2, '--timeout soon'],
    [['--json', '--stream-json', 'x'], 2, 'not both'],
    [['--session', 'none', 'x'], 1, 'there is no session none'],
    [['--session', 'x', '--model', 'y', 'x'], 2, 'are for new sessions'],
    [['--isolation', 'none', 'x'], 1, 'isolation'],
    [['--isolation', 'walls', 'x'], 2, 'it is none, process, sandbox or container'],
    [['--agent', 'nobody', 'x'], 1, 'nobody'],
    [['--url', 'http://127.0.0.1:1', 'x'], 4, 'cannot be reached'],
    [['--url', 'tcp://x', 'x'], 4, 'is no address of a gateway'],
    [['--key-file', '/nowhere', 'x'], 4, 'key file /nowhere cannot be read'],
  ])('%j is told in one sentence', async (args, code, sentence) => {
    const ended = await run(args);
    expect(ended.err).toContain(sentence);
    expect(ended.err.trim().split('\n')).toHaveLength(1);
    expect(ended.code).toBe(code);
  });

  test('a wrong key is not let in; one in a file is', async () => {
    const wrong = await run(['x'], { env: { HOTPLEX_KEY: 'wrong-0123456789abcdef0123456789abcdef' } });
    expect(wrong.err).toContain('does not let us in');
    expect(wrong.code).toBe(4);
    const file = join(gateway.workDir, 'key');
    writeFileSync(file, `${apiKey}\n`, { mode: 0o600 });
    expect((await run(['--key-file', file, 'pid'], { env: { HOTPLEX_KEY: '' } })).code).toBe(0);
  });
});

test('where no gateway runs one is started for the command, here, and ends with it; the session stays', async () => {
  const { work, cli } = ownHome();
  const [one, other] = await Promise.all([cli(['run', '--json', 'remember tea']), cli(['version'])]);
  expect(other.code).toBe(0);
  const { session_id: id } = JSON.parse(one.out) as { session_id: string };
  const again = await cli(['run', '--json', '--session', id, 'recall']);
  expect(JSON.parse(again.out)).toMatchObject({ text: expect.stringContaining('tea') });
  // A question nobody can answer later ends here.
  expect((await cli(['run', '--json', 'question'])).code).toBe(3);
  await expect.poll(async () => (await cli(['gateway', 'status'])).code).toBe(3);
  const { out } = await cli(['audit', 'export', '--jsonl']);
  expect(out).toContain('"action":"run as local"');
  expect(work).not.toBe('');
});
