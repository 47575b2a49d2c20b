import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createClaudeConversations } from '../../src/worker/claude-code/terminal-conversations.ts';
import { createPiConversations } from '../../src/worker/pi/terminal-conversations.ts';
import type { PastTurn, TerminalConversations } from '../../src/worker/worker.ts';

type Agent = {
  name: string;
  create(home: string): TerminalConversations;
  /** Where it keeps a conversation of /projects/tea. */
  fileOf(home: string, id: string): string;
  recording: string;
  /** The id in the recording, and another of the same form. */
  id: string;
  other: string;
  /** A line that says something new after this entry, in a branch of its own. */
  said(parent: string): object;
  /** The entry with the first answer. */
  firstAnswer: string;
};

const agents: Agent[] = [
  {
    name: 'Claude Code',
    create: (home) => createClaudeConversations({ HOME: home }),
    fileOf: (home, id) => join(home, '.claude/projects/-projects-tea', `${id}.jsonl`),
    recording: 'claude-code/typed-in-a-terminal.jsonl',
    id: 'df726126-aa33-472b-83ab-38baffa78b5c',
    other: '0d1f6a0e-3f51-4a6c-9a0a-6f3d9a1b2c3d',
    said: (parentUuid) => ({
      ...{ type: 'user', uuid: 'another-way', parentUuid, entrypoint: 'cli' },
      ...{ timestamp: '2026-11-27T06:00:00.000Z', message: { role: 'user', content: 'another way' } },
    }),
    firstAnswer: '"text":"one"',
  },
  {
    name: 'Pi',
    create: (home) => createPiConversations({ HOME: home }),
    fileOf: (home, id) =>
      join(home, '.pi/agent/sessions/--projects-tea--', `2026-11-27T05-06-49-104Z_${id}.jsonl`),
    recording: 'pi/of-a-terminal.jsonl',
    id: '01a21b66-268b-72ce-97ef-ea9e6be13caa',
    other: '01a21b66-268b-72ce-97ef-000000000000',
    said: (parentId) => ({
      ...{ type: 'message', id: 'another-way', parentId, timestamp: '2026-11-27T06:00:00.000Z' },
      message: { role: 'user', content: [{ type: 'text', text: 'another way' }] },
    }),
    firstAnswer: '"text":"one"',
  },
];

const workDir = '/projects/tea';
const outline = ({ prompt, events }: PastTurn) => ({
  prompt,
  events: events.map(({ type, data }) => {
    if (type === 'message') return data.content;
    if (type === 'tool_call') return [data.id, data.kind, data.input.command];
    return type === 'tool_result' ? [data.id, String(data.output).trim()] : type;
  }),
});

describe.each(agents)('what was begun with $name in a terminal', (agent) => {
  let home: string;
  let conversations: TerminalConversations;
  let recorded: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'terminal-'));
    onTestFinished(() => rm(home, { recursive: true }));
    conversations = agent.create(home);
    recorded = await readFile(new URL(`../transcripts/${agent.recording}`, import.meta.url), 'utf8');
  });

  async function keep(id: string, text: string, seconds = 1_000) {
    const file = agent.fileOf(home, id);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    await utimes(file, seconds, seconds);
    return file;
  }

  test('it is listed by its first prompt, the one written last first, up to as many as asked for', async () => {
    await keep(agent.id, recorded, 1_000);
    await keep(agent.other, recorded, 2_000);
    const all = await conversations.list(workDir, 10);
    expect(all).toEqual([
      { id: agent.other, about: 'say it @@text(one)', updatedAt: 2_000_000 },
      { id: agent.id, about: 'say it @@text(one)', updatedAt: 1_000_000 },
    ]);
    expect(await conversations.list(workDir, 1)).toEqual(all.slice(0, 1));
  });

  test('its turns are told as they would have been live, with their times', async () => {
    await keep(agent.id, recorded);
    const turns = await conversations.read(workDir, agent.id);
    expect(turns?.map(outline)).toEqual([
      { prompt: 'say it @@text(one)', events: ['one'] },
      {
        prompt: 'use it @@bash(echo hi)',
        events: [['toolu_2_0', 'execute', 'echo hi'], ['toolu_2_0', 'hi'], 'It ran.'],
      },
    ]);
    for (const { startedAt, endedAt } of turns ?? []) {
      expect(new Date(startedAt).toISOString()).toMatch(/^2026-11-27T05:/);
      expect(endedAt).toBeGreaterThan(startedAt);
    }
  });

  test('where somebody went back and said something else, that is what counts', async () => {
    const file = await keep(agent.id, recorded);
    const answer = recorded.split('\n').find((line) => line.includes(agent.firstAnswer)) ?? '';
    const { uuid, id } = JSON.parse(answer);
    await appendFile(file, `${JSON.stringify(agent.said(uuid ?? id))}\n`);
    const turns = await conversations.read(workDir, agent.id);
    expect(turns?.map(({ prompt }) => prompt)).toEqual(['say it @@text(one)', 'another way']);
  });

  test('a line that is not whole yet, and what is no JSON, is left out', async () => {
    const file = await keep(agent.id, recorded);
    await appendFile(file, '\u0000garbage\n{"type":"user","mess');
    expect(await conversations.read(workDir, agent.id)).toHaveLength(2);
    expect(await conversations.list(workDir, 10)).toHaveLength(1);
  });

  test('another work dir has none of them, and an id leads nowhere else', async () => {
    const file = await keep(agent.id, recorded);
    await writeFile(join(home, 'elsewhere.jsonl'), recorded);
    expect(await conversations.list('/projects/coffee', 10)).toEqual([]);
    expect(await conversations.read('/projects/coffee', agent.id)).toBeUndefined();
    for (const id of [agent.other, '../../elsewhere', `../${file}`, '', '.'])
      expect(await conversations.read(workDir, id)).toBeUndefined();
  });

  test('[B2] what an agent puts there in the place of a conversation hurts nobody', async () => {
    const file = await keep(agent.id, recorded);
    const long = `{"a":"${'x'.repeat(2_000_000)}"}\n`;
    await writeFile(file, `${recorded}${long}{"type":"unfinished`);
    expect(await conversations.read(workDir, agent.id)).toHaveLength(2);
    await writeFile(file, '');
    await truncate(file, 3_000_000_000);
    expect(await conversations.list(workDir, 10)).toEqual([]);
    expect(await conversations.read(workDir, agent.id)).toBeUndefined();
    await rm(file);
    await symlink('/dev/zero', file);
    expect(await conversations.list(workDir, 10)).toEqual([]);
    expect(await conversations.read(workDir, agent.id)).toBeUndefined();
    await rm(file);
    execFileSync('mkfifo', [file]);
    expect(await conversations.list(workDir, 10)).toEqual([]);
    expect(await conversations.read(workDir, agent.id)).toBeUndefined();
  });

  test('an empty file, a folder and a file of nothing but notes are no conversations', async () => {
    await keep(agent.id, '');
    await keep(agent.other, `${recorded.split('\n')[0]}\n`);
    await mkdir(agent.fileOf(home, 'a-folder'));
    expect(await conversations.list(workDir, 10)).toEqual([]);
  });
});

test('[A4] a work dir whose folder has the same name does not see the conversations of the other', async () => {
  const home = await mkdtemp(join(tmpdir(), 'terminal-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const [{ fileOf, recording, id, create }] = agents as [Agent];
  await mkdir(dirname(fileOf(home, id)), { recursive: true });
  const recorded = await readFile(new URL(`../transcripts/${recording}`, import.meta.url), 'utf8');
  await writeFile(fileOf(home, id), recorded);
  expect(await create(home).list('/projects-tea', 10)).toEqual([]);
  expect(await create(home).read('/projects-tea', id)).toBeUndefined();
});

test('what a program asked Claude Code, and not a person at a terminal, is not listed', async () => {
  const home = await mkdtemp(join(tmpdir(), 'terminal-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const [{ fileOf, recording, id, create }] = agents as [Agent];
  const recorded = await readFile(new URL(`../transcripts/${recording}`, import.meta.url), 'utf8');
  await mkdir(dirname(fileOf(home, id)), { recursive: true });
  await writeFile(fileOf(home, id), recorded.replaceAll('"entrypoint":"cli"', '"entrypoint":"sdk-cli"'));
  expect(await create(home).list(workDir, 10)).toEqual([]);
});
