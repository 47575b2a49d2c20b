import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/ground/clock.ts';
import { createIds } from '../../../src/ground/ids.ts';
import { createSpawnProcess } from '../../../src/process/spawn-process.ts';
import { createAcp } from '../../../src/worker/acp/definition.ts';
import type { WorkerOptions } from '../../../src/worker/worker.ts';
import { ofType } from '../../contracts/of-type.ts';
import { RecordedWorker, type RecordOptions } from '../../contracts/recorded-worker.ts';
import { textOf } from '../../contracts/text-of.ts';
import { isAlive } from '../../contracts/worker-contract/is-alive.ts';

const program = fileURLToPath(new URL('./scripted-agent.mjs', import.meta.url));
const clock = systemClock;

/** A work dir beside a folder that no agent may touch, and the scripted agent in it. */
async function open(mode = 'ok', options: Partial<WorkerOptions> = {}, word?: RecordOptions['word']) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'acp-')));
  const workDir = join(root, 'work');
  await mkdir(workDir);
  await mkdir(join(root, 'outside'));
  await writeFile(join(root, 'outside/secret'), 'secret');
  const definition = createAcp({
    ...{ clock, spawn: createSpawnProcess({ clock }), ids: createIds() },
    environment: { PATH: process.env.PATH ?? '/usr/bin:/bin', MY_KEY: 'k' },
    agents: { scripted: { command: process.execPath, args: [program, mode], environment: ['MY_KEY'] } },
  });
  const agent = new RecordedWorker(definition, {
    workDir,
    ...options,
    ...(word && { word }),
    config: { agent: 'scripted', ...options.config },
  });
  return {
    ...{ root, workDir, agent },
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
}

type Requests = [method: string, params: Record<string, unknown>][];

/** Lets the agent make these requests and gives each question this answer; what the agent was answered, in order. */
async function make(agent: RecordedWorker, requests: Requests, allowed?: boolean) {
  const { from } = agent.prompt(JSON.stringify(requests));
  const asked = new Set<string>();
  await agent.until('the end', () => {
    for (const { data } of agent.all('permission_request', from)) {
      if (asked.has(data.id) || allowed === undefined) continue;
      asked.add(data.id);
      agent.respond({ kind: 'permission', id: data.id, allowed });
    }
    return agent.all('done', from)[0];
  });
  const turn = await agent.turnFrom(from);
  const answers = textOf(turn)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { turn, answers, asked: ofType(turn, 'permission_request').map(({ data }) => data.description) };
}

test('files of the work dir are read, whole or in part, and no others', async () => {
  await using stage = await open();
  const { agent, workDir, root } = stage;
  await writeFile(join(workDir, 'a.txt'), 'one\ntwo\nthree\n');
  await symlink(join(root, 'outside/secret'), join(workDir, 'link'));
  await symlink(join(root, 'outside'), join(workDir, 'folder'));
  const read = (path: string, more = {}): Requests[number] => ['fs/read_text_file', { path, ...more }];
  const { answers, asked } = await make(agent, [
    read(join(workDir, 'a.txt')),
    read(join(workDir, 'a.txt'), { line: 2, limit: 1 }),
    read(join(root, 'outside/secret')),
    read(join(workDir, '../outside/secret')),
    read(join(workDir, 'link')),
    read(join(workDir, 'folder/secret')),
    read('a.txt'),
    read(workDir),
    read(join(workDir, 'none')),
  ]);
  expect(answers.slice(0, 2)).toEqual([{ content: 'one\ntwo\nthree\n' }, { content: 'two' }]);
  expect(answers.slice(2).every(({ error }) => error !== undefined)).toBe(true);
  expect(JSON.stringify(answers)).not.toContain('"secret"');
  expect(asked).toEqual([]);
});

test('[E4] a file is written once a person allowed it, and never outside of the work dir', async () => {
  await using stage = await open();
  const { agent, workDir, root } = stage;
  await symlink(join(root, 'outside/made'), join(workDir, 'dangling'));
  const write = (path: string): Requests[number] => ['fs/write_text_file', { path, content: 'new' }];
  const path = join(workDir, 'deep/new.txt');
  const denied = await make(agent, [write(path)], false);
  expect(denied.answers).toMatchObject([{ error: { message: expect.stringContaining('refused') } }]);
  await expect(readFile(path)).rejects.toThrow();
  const allowed = await make(agent, [write(path)], true);
  expect(allowed.asked).toEqual([`Write ${path}`]);
  expect(allowed.answers).toEqual([{}]);
  expect(await readFile(path, 'utf8')).toBe('new');
  const outside = await make(
    agent,
    [write(join(root, 'outside/secret')), write(join(workDir, 'dangling'))],
    true,
  );
  expect(outside.asked).toEqual([]);
  expect(await readFile(join(root, 'outside/secret'), 'utf8')).toBe('secret');
  await expect(readFile(join(root, 'outside/made'))).rejects.toThrow();
});

test('[E4] an edit that was allowed is not asked for a second time when it is written', async () => {
  await using stage = await open();
  const path = join(stage.workDir, 'a.txt');
  const toolCall = {
    toolCallId: 't',
    kind: 'edit',
    title: 'Edit',
    locations: [{ path }],
    rawInput: { path },
  };
  const options = [
    { optionId: 'yes', name: 'Yes', kind: 'allow_once' },
    { optionId: 'no', name: 'No', kind: 'reject_once' },
  ];
  const requests: Requests = [
    ['session/request_permission', { toolCall, options }],
    ['fs/write_text_file', { path, content: 'new' }],
  ];
  const { asked, answers } = await make(stage.agent, requests, true);
  expect(asked).toHaveLength(1);
  expect(answers).toEqual([{ outcome: { outcome: 'selected', optionId: 'yes' } }, {}]);
});

test('[E4] a command runs once a person allowed it, in the work dir, without the agent’s keys, its output bounded', async () => {
  await using stage = await open();
  const run = 'echo out; echo err >&2; echo "[$MY_KEY]"; pwd; exit 3';
  const requests: Requests = [
    ['terminal/create', { command: run }],
    ['terminal/wait_for_exit', { terminalId: '$terminal' }],
    ['terminal/output', { terminalId: '$terminal' }],
    ['terminal/release', { terminalId: '$terminal' }],
    ['terminal/output', { terminalId: '$terminal' }],
    ['terminal/create', { command: 'printf', args: ['%s', 'é'.repeat(50)], outputByteLimit: 11 }],
    ['terminal/wait_for_exit', { terminalId: '$terminal' }],
    ['terminal/output', { terminalId: '$terminal' }],
    ['terminal/create', { command: 'pwd', cwd: '/' }],
  ];
  const { answers, asked } = await make(stage.agent, requests, true);
  expect(asked).toEqual([run, `printf %s ${'é'.repeat(50)}`]);
  expect(answers[1]).toEqual({ exitCode: 3, signal: null });
  expect(answers[2].output).toBe(`out\nerr\n[]\n${stage.workDir}\n`);
  expect(answers[4].error).toBeDefined();
  expect(answers[7]).toMatchObject({ output: `${'é'.repeat(5)}\n`, truncated: true });
  expect(answers[8].error).toBeDefined();
  expect(
    (await make(stage.agent, [['terminal/create', { command: 'touch made' }]], false)).answers,
  ).toMatchObject([{ error: { message: expect.stringContaining('refused') } }]);
});

test('[B2] commands end with the agent', async () => {
  await using stage = await open();
  const { agent } = stage;
  const { from } = agent.prompt(
    JSON.stringify([
      ['terminal/create', { command: 'setsid sleep 600 & echo $! > pid; wait' }],
      ['terminal/wait_for_exit', { terminalId: '$terminal' }],
    ]),
  );
  const { data } = await agent.next('permission_request', from);
  agent.respond({ kind: 'permission', id: data.id, allowed: true });
  const file = join(stage.workDir, 'pid');
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toMatch(/\d\n/);
  const pid = Number(await readFile(file, 'utf8'));
  expect(isAlive(pid)).toBe(true);
  await agent.worker.stop();
  expect(isAlive(pid)).toBe(false);
});

test('[I5] a cancelled turn is over and the process goes on', async () => {
  await using stage = await open();
  const { agent } = stage;
  const { from } = agent.prompt('wait');
  await agent.next('message.delta', from);
  agent.worker.interrupt();
  const end = ofType(await agent.turnFrom(from), 'done')[0];
  expect(end?.data).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
  expect((await make(agent, [['no/such', {}]])).answers).toMatchObject([{ error: { code: -32_601 } }]);
});

test('[S3] not signed in: the prompt fails and says what to do, the next one tries again', async () => {
  await using stage = await open('auth-required');
  const turn = await stage.agent.turn('[["no/such", {}]]');
  expect(turn).toMatchObject([
    {
      type: 'error',
      data: { code: 'UNAUTHORIZED', message: expect.stringContaining('Sign in to scripted') },
    },
    { type: 'done', data: { success: false } },
  ]);
  expect((await make(stage.agent, [['no/such', {}]])).answers).toHaveLength(1);
});

test('[S5] what a loaded session repeats is not said again', async () => {
  await using stage = await open('ok', { resume: 's-1' });
  const { answers } = await make(stage.agent, [['no/such', {}]]);
  expect(answers).toHaveLength(1);
  expect(JSON.stringify(stage.agent.events)).not.toContain('said before');
  expect(stage.agent.all('context.lost')).toEqual([]);
});

test('[S3] another version of the protocol is a start that fails', async () => {
  await using stage = await open('version-2');
  expect(await stage.agent.exit()).toMatchObject({
    reason: 'start-failed',
    message: expect.stringContaining('version 2'),
  });
});

test.each([
  [{ agent: 'nobody' }, 'use one of'],
  [{ mcp_servers: { broken: { url: 'x' } } }, 'mcp_servers.broken'],
])('[H3] what cannot be is refused by name: %o', async (config, words) => {
  await using stage = await open('ok', { config });
  expect(await stage.agent.exit()).toMatchObject({
    reason: 'start-failed',
    message: expect.stringContaining(words),
  });
});

test('[E4] [P5] what is allowed already waits for the word of the session all the same', async () => {
  await using stage = await open();
  const { agent, workDir } = stage;
  const path = join(workDir, 'a.txt');
  await writeFile(path, 'one');
  const toolCall = { toolCallId: 't', kind: 'execute', title: 'Run', rawInput: { command: 'true' } };
  const options = [{ optionId: 'yes', name: 'Yes', kind: 'allow_once' }];
  const { turn } = await make(
    agent,
    [
      ['fs/read_text_file', { path }],
      ['session/request_permission', { toolCall, options }],
      ['terminal/create', { command: 'true' }],
    ],
    true,
  );
  expect(turn.flatMap((event) => ('calls' in event ? [[event.type, event.calls]] : []))).toEqual([
    ['tool.check', [{ kind: 'read', path, cwd: workDir }]],
    ['permission_request', [{ kind: 'command', command: 'true', cwd: workDir }]],
    ['tool.check', [{ kind: 'command', command: 'true', cwd: workDir }]],
  ]);
});

test('[P5] a command that was allowed with another input is not run, as the agent cannot be given that', async () => {
  await using stage = await open();
  const { agent } = stage;
  const { from } = agent.prompt(JSON.stringify([['terminal/create', { command: 'true' }]]));
  const { data } = await agent.next('permission_request', from);
  agent.respond({ kind: 'permission', id: data.id, allowed: true, updatedInput: { command: 'false' } });
  expect(textOf(await agent.turnFrom(from))).toContain('refused');
});

test('[E4] what the session refuses is not done, and the agent hears why', async () => {
  await using stage = await open('ok', {}, () => ({ allowed: false, reason: 'because' }));
  const path = join(stage.workDir, 'a.txt');
  await writeFile(path, 'one');
  const { answers } = await make(stage.agent, [['fs/read_text_file', { path }]]);
  expect(answers).toMatchObject([{ error: { message: expect.stringContaining('because') } }]);
});
