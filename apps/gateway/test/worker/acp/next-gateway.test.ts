import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ofType } from '../../contracts/of-type.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { playAgent } from './played-agent.ts';

let workDir: string;
beforeAll(async () => {
  workDir = await realpath(await mkdtemp(join(tmpdir(), 'acp-')));
});
afterAll(() => rm(workDir, { recursive: true, force: true }));

/** A worker that is up and in a turn. */
async function playTurn(options: Parameters<typeof playAgent>[0] = {}) {
  const play = playAgent({ workDir, ...options });
  await play.open();
  play.worker.prompt({ inputId: 'one', content: 'words' });
  return play;
}

const options = [
  { optionId: 'yes', name: 'Yes', kind: 'allow_once' },
  { optionId: 'no', name: 'No', kind: 'reject_once' },
];
const toolCall = { toolCallId: 't', kind: 'execute', title: 'Run it', rawInput: { command: 'ls' } };
const asks = (id: number) => ({
  id,
  method: 'session/request_permission',
  params: { sessionId: 's-1', toolCall, options },
});
const ended = { stopReason: 'end_turn' };

test('[G8] nobody can go on with one that is starting or stopping', async () => {
  const play = playAgent();
  expect(play.saved()).toBeUndefined();
  await play.open();
  expect(play.saved()).toBeDefined();
  play.worker.command?.({ command: 'clear' });
  expect(play.saved()).toBeUndefined();
  play.reply('session/new', { sessionId: 's-2' });
  await new Promise(setImmediate);
  expect(play.saved()).toBeDefined();
  void play.worker.stop();
  expect(play.saved()).toBeUndefined();
});

test('[G8] a prompt that waited for the start is in what is saved with the news that it is up', async () => {
  const first = playAgent();
  first.worker.prompt({ inputId: 'one', content: 'words' });
  await first.open();
  const next = playAgent({ adopt: first.states.at(-1) });
  const { id } = first.asked('session/prompt')[0] ?? {};
  next.say({ id, result: ended });
  expect(ofType(next.events, 'done').map(({ data }) => data.input_ids)).toEqual([['one']]);
  expect(next.asked('session/prompt')).toEqual([]);
});

test('[G8] the next gateway is told soon that the agent is ready, and says nothing to it', async () => {
  const first = await playTurn();
  const next = playAgent({ adopt: first.saved() });
  expect(next.events).toEqual([]);
  await Promise.resolve();
  expect(next.events).toEqual(ofType(first.events, 'worker.ready'));
  expect(next.heard).toEqual([]);
});

test('[G8] a turn that began at the last gateway is as long as it was', async () => {
  const first = await playTurn();
  const { id } = first.asked('session/prompt')[0] ?? {};
  const next = playAgent({ adopt: first.saved(), clock: createManualClock(1_005_000) });
  next.clock.advance(2_000);
  next.say({ id, result: ended });
  expect(ofType(next.events, 'done')[0]?.data.stats?.duration_ms).toBe(7_000);
});

test('[G8] what was asked is answered by the next gateway, once', async () => {
  const first = await playTurn();
  first.say(asks(7));
  const [asked] = ofType(first.events, 'permission_request');
  const next = playAgent({ adopt: first.states.at(-1) });
  const answer = { kind: 'permission', id: asked?.data.id ?? '', allowed: true } as const;
  next.worker.respond?.(answer);
  next.worker.respond?.(answer);
  const outcome = { outcome: 'selected', optionId: 'yes' };
  expect(next.answers(7)).toEqual([{ jsonrpc: '2.0', id: 7, result: { outcome } }]);
  const third = playAgent({ adopt: next.saved() });
  third.worker.respond?.(answer);
  expect(third.heard).toEqual([]);
});

test('[G8] what was asked is withdrawn by the next gateway when the turn ends there', async () => {
  const first = await playTurn();
  first.say(asks(7));
  const { id } = first.asked('session/prompt')[0] ?? {};
  const next = playAgent({ adopt: first.states.at(-1) });
  next.say({ id, result: { stopReason: 'cancelled' } });
  expect(next.events.map(({ type }) => type)).toEqual(['interaction.withdrawn', 'tool_result', 'done']);
  expect(next.answers(7)).toMatchObject([{ result: { outcome: { outcome: 'cancelled' } } }]);
});

test('[G8] what was allowed for the session is allowed at the next gateway', async () => {
  const first = await playTurn();
  first.say(asks(7));
  const [asked] = ofType(first.events, 'permission_request');
  const { id = '' } = asked?.data ?? {};
  const optionId = asked?.data.options?.find(({ kind }) => kind === 'allow_always')?.id ?? '';
  first.worker.respond?.({ kind: 'permission', id, allowed: true, optionId });
  const next = playAgent({ adopt: first.saved() });
  next.say(asks(8));
  expect(ofType(next.events, 'permission_request')).toEqual([]);
  expect(next.answers(8)).toMatchObject([{ result: { outcome: { optionId: 'yes' } } }]);
});

test('[G8] the answer to a command is told by the next gateway, whose requests have numbers of their own', async () => {
  const first = await playTurn();
  first.worker.command?.({ command: 'set_model', args: 'm-2' });
  const { id } = first.asked('session/set_model')[0] ?? {};
  const next = playAgent({ adopt: first.saved() });
  next.worker.command?.({ command: 'set_model', args: 'm-1' });
  expect(next.asked('session/set_model')[0]?.id).toBeGreaterThan(Number(id));
  next.say({ id, result: {} });
  const notices = ofType(next.events, 'worker.notice').map(({ data }) => data.details);
  expect(notices).toEqual([{ model: 'm-2' }]);
});

test('[G8] a file that was asked for is given by the next gateway, whether the last one had begun or not', async () => {
  await writeFile(join(workDir, 'read.txt'), 'words');
  const first = await playTurn();
  const asksFor = (id: number) => ({
    id,
    method: 'fs/read_text_file',
    params: { sessionId: 's-1', path: join(workDir, 'read.txt') },
  });
  first.say(asksFor(7));
  const next = playAgent({ workDir, adopt: first.states.at(-1) });
  next.say(asksFor(8));
  for (const id of [7, 8]) {
    await expect.poll(() => next.answers(id)).toMatchObject([{ result: { content: 'words' } }]);
  }
  await expect.poll(() => first.answers(7)).toHaveLength(1);
  expect(playAgent({ workDir, adopt: next.saved() }).heard).toEqual([]);
});

test('[G8] a file is written by the gateway that learns that it may be', async () => {
  const path = join(workDir, 'allowed.txt');
  const first = await playTurn();
  first.say({ id: 7, method: 'fs/write_text_file', params: { path, content: 'new' } });
  const [asked] = ofType(first.events, 'permission_request');
  const next = playAgent({ workDir, adopt: first.states.at(-1) });
  next.worker.respond?.({ kind: 'permission', id: asked?.data.id ?? '', allowed: true });
  await expect.poll(() => next.answers(7)).toMatchObject([{ result: {} }]);
  expect(await readFile(path, 'utf8')).toBe('new');
});

test('[G8] a file that was written is not written again, whatever became of the answer', async () => {
  const path = join(workDir, 'written.txt');
  const first = await playTurn();
  first.say({ id: 7, method: 'fs/write_text_file', params: { path, content: 'new' } });
  const [asked] = ofType(first.events, 'permission_request');
  const before = first.states.length;
  first.worker.respond?.({ kind: 'permission', id: asked?.data.id ?? '', allowed: true });
  await expect.poll(() => first.answers(7)).toHaveLength(1);
  await writeFile(path, 'changed since');
  const [written, over] = first.states.slice(before);
  const next = playAgent({ workDir, adopt: written });
  await expect.poll(() => next.answers(7)).toMatchObject([{ result: {} }]);
  expect(await readFile(path, 'utf8')).toBe('changed since');
  expect(playAgent({ workDir, adopt: over }).heard).toEqual([]);
});

test('[G8] nobody can go on with an agent while it has a command run by us, and again once that is released', async () => {
  const play = await playTurn();
  play.say({ id: 7, method: 'terminal/create', params: { command: 'sleep 600' } });
  const asked = play.saved();
  expect(asked).toBeDefined();
  const { id = '' } = ofType(play.events, 'permission_request')[0]?.data ?? {};
  const next = playAgent({ workDir, adopt: asked });
  next.worker.respond?.({ kind: 'permission', id, allowed: true });
  expect(next.children).toHaveLength(1);
  expect(next.saved()).toBeUndefined();
  const told = next.states.length;
  next.say({ id: 8, method: 'terminal/release', params: next.answers(7)[0]?.result });
  await expect.poll(() => next.states.length).toBeGreaterThan(told);
  await expect.poll(() => next.states.at(-1)).toBeDefined();
});
