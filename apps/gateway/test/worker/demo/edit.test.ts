import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createPolicy } from '../../../src/policy/create-policy.ts';
import { decidePath } from '../../../src/policy/path/decide-path.ts';
import { decideUrl } from '../../../src/policy/url/decide-url.ts';
import type { InteractionResponse } from '../../../src/worker/worker.ts';
import { ofType } from '../../contracts/of-type.ts';
import { textOf } from '../../contracts/text-of.ts';
import { type RunningDemo, startDemo } from './start-demo.ts';

const workDirOf = ({ stateDir }: RunningDemo) => join(stateDir, '..');

const outside = mkdtempSync(join(tmpdir(), 'hotplex-outside-'));
afterAll(() => rmSync(outside, { recursive: true }));

type Answer = Partial<Extract<InteractionResponse, { kind: 'permission' }>>;

/** Asks for an edit and answers what it asks; `meanwhile` happens while a person thinks. */
async function edit({ agent }: RunningDemo, words: string, answer: Answer = {}, meanwhile = () => {}) {
  const { from } = agent.prompt(`edit ${words}`);
  const { data } = await agent.next('permission_request', from);
  meanwhile();
  agent.respond({ kind: 'permission', id: data.id, allowed: true, ...answer });
  return agent.turnFrom(from);
}

test('a file that is named is really edited, one line more each time, and its diff is told', async () => {
  await using demo = await startDemo();
  const [, made] = [await edit(demo, 'src/notes.txt buy milk'), await edit(demo, 'src/notes.txt and tea')];
  expect(readFileSync(join(workDirOf(demo), 'src/notes.txt'), 'utf8')).toBe('buy milk\nand tea\n');
  expect(JSON.stringify(ofType(made, 'tool_result'))).toContain('buy milk\\nand tea\\n');
});

test('[P1] nothing is written before it is allowed, nor if it is denied, and it is asked each time', async () => {
  await using demo = await startDemo();
  const file = join(workDirOf(demo), 'notes.txt');
  const turn = await edit(demo, 'notes.txt x', { allowed: false }, () =>
    expect(existsSync(file)).toBe(false),
  );
  expect(textOf(turn)).toBe('I did not write it: you said no.');
  expect(ofType(turn, 'tool_result')[0]?.data.denied).toBe(true);
  expect(existsSync(file)).toBe(false);
  const kinds = ofType(turn, 'permission_request')[0]?.data.options?.map(({ kind }) => kind);
  expect(kinds).toEqual(['allow_once', 'reject_once']);
});

test('what a person changed is written', async () => {
  await using demo = await startDemo();
  await edit(demo, 'notes.txt x', { updatedInput: { path: 'other.txt', line: 'y' } });
  expect(existsSync(join(workDirOf(demo), 'notes.txt'))).toBe(false);
  expect(readFileSync(join(workDirOf(demo), 'other.txt'), 'utf8')).toBe('y\n');
  const turn = await edit(demo, 'notes.txt x', { updatedInput: { path: '../other.txt', line: 'y' } });
  expect(textOf(turn)).toBe('I could not write `../other.txt`.');
});

test.each([
  ['notes.txt', 'allow', 'none'],
  ['.mcp.json', 'deny', 'B5'],
  ['.git/hooks/pre-commit', 'deny', 'B5'],
])('[B5] the policy hears what it would write: %s is %s', async (path, decision, rule) => {
  await using demo = await startDemo();
  const turn = await edit(demo, `${path} {}`, { allowed: false });
  const workDir = workDirOf(demo);
  const [request] = ofType(turn, 'permission_request');
  expect(request?.calls).toEqual([
    { kind: 'read', path, cwd: workDir },
    { kind: 'write', path, cwd: workDir },
  ]);
  const policy = createPolicy({ decidePath, decideUrl, now: () => performance.now() });
  const context = { workDir, home: '/home/agent', gatewayDirs: [], gatewayPorts: [] };
  const write = { kind: 'write', path, cwd: workDir } as const;
  expect(policy.decide(write, context)).toMatchObject({ decision, rule });
});

test('a file outside of its folder is left alone, and a word alone is no file', async () => {
  await using demo = await startDemo();
  for (const path of ['../outside.txt', '/outside.txt', '.'])
    expect(textOf(await demo.agent.turn(`edit ${path} x`))).toContain('not in the folder');
  expect(existsSync(join(demo.stateDir, '../../outside.txt'))).toBe(false);
  expect(textOf(await demo.agent.turn('edit something'))).toContain('The file is made up');
});

test('[F2] no link leads out of its folder, also not one that is made while a person thinks', async () => {
  await using demo = await startDemo();
  const workDir = workDirOf(demo);
  const keys = join(outside, 'authorized_keys');
  writeFileSync(keys, 'theirs\n');
  symlinkSync(outside, join(workDir, 'link'));
  symlinkSync(join(outside, 'nowhere'), join(workDir, 'dangling'));
  for (const path of ['link/authorized_keys', 'link/sub/new.txt', 'dangling/new.txt'])
    expect(textOf(await demo.agent.turn(`edit ${path} x`))).toContain('not in the folder');
  symlinkSync(keys, join(workDir, 'keys.txt'));
  for (const path of ['keys.txt', './dangling'])
    expect(textOf(await edit(demo, `${path} x`))).toBe(`I could not write \`${path}\`.`);
  expect(JSON.stringify(demo.agent.events)).not.toContain('theirs');
  mkdirSync(join(workDir, 'late'));
  const turn = await edit(demo, 'late/authorized_keys x', {}, () => {
    rmSync(join(workDir, 'late'), { recursive: true });
    symlinkSync(outside, join(workDir, 'late'));
  });
  expect(textOf(turn)).toContain('could not write');
  expect(readdirSync(outside)).toEqual(['authorized_keys']);
  expect(readFileSync(keys, 'utf8')).toBe('theirs\n');
});
