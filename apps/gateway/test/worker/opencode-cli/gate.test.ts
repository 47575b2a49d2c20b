import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ProcessOptions, SpawnProcess } from '../../../src/process/child-process.ts';
import { createOpenCodeCli } from '../../../src/worker/opencode-cli/definition.ts';
import type { Worker, WorkerEvent, WorkerState } from '../../../src/worker/worker.ts';
import { PlayedProcess } from '../../contracts/adoption/played-process.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const check = (id: string, command: string) =>
  JSON.stringify({
    ...{ type: 'hotplex.check', id, tool: 'bash', sessionID: 'ses_1', callID: `call-${id}` },
    input: { command },
  });
const ended = (id: string) => {
  const state = { status: 'error', input: {}, error: 'The policy forbids this.' };
  const part = { ...{ id: 'prt_1', type: 'tool', messageID: 'msg_1' }, sessionID: 'ses_1', tool: 'bash' };
  return JSON.stringify({ type: 'tool_use', sessionID: 'ses_1', part: { ...part, callID: id, state } });
};

const folders = new Set<string>();
/** A gateway with this process in a turn, or one that takes the turn over. */
function play(process: PlayedProcess, { adopt }: { adopt?: WorkerState } = {}) {
  const events: WorkerEvent[] = [];
  const spawned: ProcessOptions[] = [];
  const spawn: SpawnProcess = (options, listener) => {
    spawned.push(options);
    return process.spawn(options, listener);
  };
  const definition = createOpenCodeCli({
    ...{ spawn, clock: createManualClock(), environment: {} },
    command: globalThis.process.execPath,
  });
  const worker: Worker = definition.start(
    { workDir: import.meta.dirname, config: {}, ...(adopt && { adopt }) },
    { onEvents: (told) => events.push(...told), onExit() {} },
  );
  if (!adopt) worker.prompt({ inputId: 'one', content: 'words' });
  const content = JSON.parse(spawned[0]?.env.OPENCODE_CONFIG_CONTENT ?? '{}');
  const { answers } = content.plugin.at(-1)[1] as { answers: string };
  folders.add(answers);
  return {
    worker,
    events,
    spawned,
    answers,
    checks: () => events.filter(({ type }) => type === 'tool.check'),
  };
}
const answered = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))]),
  );

afterEach(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test('[E4] a call that waits is told once, and gets its word once', () => {
  const process = new PlayedProcess();
  const { worker, checks, answers } = play(process);
  process.say([check('a', 'ls'), check('b', 'rm -rf /')]);
  process.read();
  expect(checks()).toMatchObject([
    { data: { id: 'a', tool_call_id: 'call-a' }, calls: [{ kind: 'command', command: 'ls' }] },
    { data: { id: 'b' }, calls: [{ command: 'rm -rf /' }] },
  ]);
  worker.respond?.({ kind: 'permission', id: 'a', allowed: true });
  worker.respond?.({ kind: 'permission', id: 'b', allowed: false, reason: 'no' });
  worker.respond?.({ kind: 'permission', id: 'b', allowed: true });
  worker.respond?.({ kind: 'permission', id: 'of-another', allowed: true });
  expect(answered(answers)).toEqual({
    'a.json': { allowed: true },
    'b.json': { allowed: false, reason: 'no' },
  });
});

test.each([
  ['a refused call', { allowed: false }],
  ['a call that was allowed with another input', { allowed: true, updatedInput: { command: 'ls' } }],
])('[E4] the result of %s says that it was denied', (_, word) => {
  const process = new PlayedProcess();
  const { worker, events } = play(process);
  process.say([check('a', 'rm -rf /')]);
  process.read();
  worker.respond?.({ kind: 'permission', id: 'a', ...word });
  process.say([ended('call-a')]);
  process.read();
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'tool_result', data: expect.objectContaining({ denied: true }) }),
  );
});

test('[G8] a call that waits when the gateway dies is asked again by the next one, in the same folder', async () => {
  const process = new PlayedProcess();
  const first = play(process);
  process.say([check('a', 'ls'), check('b', 'ls')]);
  process.read();
  first.worker.respond?.({ kind: 'permission', id: 'a', allowed: true });
  const saved = first.worker.save?.();
  const adopt = saved && { ...saved, memory: JSON.parse(JSON.stringify(saved.memory)) };
  if (!adopt) throw new Error('nothing was saved');
  const next = play(process, { adopt });
  await Promise.resolve();
  expect(next.answers).toBe(first.answers);
  expect(next.checks()).toMatchObject([{ data: { id: 'b' } }]);
  next.worker.respond?.({ kind: 'permission', id: 'b', allowed: false });
  expect(answered(next.answers)).toMatchObject({ 'a.json': { allowed: true }, 'b.json': { allowed: false } });
});

test('[B3] within walls the folder with the answers is only read, and goes with the worker', () => {
  const process = new PlayedProcess();
  const { spawned, answers, worker } = play(process);
  expect(spawned[0]?.needs?.readable).toContain(answers);
  expect(spawned[0]?.needs?.state.map(({ path }) => path)).not.toContain(answers);
  process.end({ code: 0, stderr: '' });
  process.read();
  void worker.stop();
  return expect.poll(() => existsSync(answers)).toBe(false);
});

test('[H7] a configuration that the gate cannot be added to is a start that fails in words', async () => {
  const definition = createOpenCodeCli({
    ...{ spawn: new PlayedProcess().spawn, clock: createManualClock() },
    environment: { OPENCODE_CONFIG_CONTENT: '{ // mine\n }' },
    command: globalThis.process.execPath,
  });
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  definition.start(
    { workDir: import.meta.dirname, config: {} },
    { onEvents() {}, onExit: ({ message }) => resolve(message) },
  );
  expect(await promise).toContain('OPENCODE_CONFIG_CONTENT');
});
