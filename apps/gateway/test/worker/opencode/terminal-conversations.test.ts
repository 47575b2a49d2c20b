import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { connectSqlite } from '../../../src/store/sqlite/connect-sqlite.ts';
import { createOpenCodeConversations } from '../../../src/worker/opencode/terminal-conversations.ts';
import type { PastTurn, TerminalConversations } from '../../../src/worker/worker.ts';

const recording = new URL('../../transcripts/opencode-cli/of-a-terminal.sql', import.meta.url);
const workDir = '/projects/tea';
const id = 'ses_de30ef962ffeP1aka3U65gHxb3';
const updatedAt = 1_795_781_923_475;
const firstAnswer = 'msg_21cf10f49001PD4aNGwFbgLTAM';
const lastAnswer = 'msg_21cf18b7a001NQIntefuWhHfAr';
const secondPrompt = 'msg_21cf16d0b001fMs8XWwqLj5c10';

const outline = ({ prompt, events }: PastTurn) => ({
  prompt,
  events: events.map(({ type, data }) => {
    if (type === 'message') return data.content;
    if (type === 'tool_call') return [data.id, data.kind, data.input.command];
    return type === 'tool_result' ? [data.id, data.output] : type;
  }),
});

describe('what was begun with OpenCode in a terminal', () => {
  let file: string;
  let conversations: TerminalConversations;

  beforeEach(async () => {
    const home = await mkdtemp(join(tmpdir(), 'opencode-'));
    onTestFinished(() => rm(home, { recursive: true }));
    file = join(home, '.local/share/opencode/opencode.db');
    await mkdir(dirname(file), { recursive: true });
    const sharedWith = ['opencode_cli'];
    conversations = createOpenCodeConversations({ environment: { HOME: home }, sharedWith, rewinds: true });
    await writeFile(file, '');
    change(await readFile(recording, 'utf8'));
  });

  function change(sql: string) {
    const connection = connectSqlite(file);
    connection.pragma('synchronous = off');
    connection.exec(sql);
    connection.close();
  }

  test('it is listed by its first prompt, the one gone on with last first, up to as many as asked for', async () => {
    expect(await conversations.list(workDir, 10)).toEqual([{ id, about: 'say it @@text(one)', updatedAt }]);
    change(`insert into session (id, project_id, slug, directory, title, version, time_created, time_updated)
        values ('ses_another', 'global', 's', '${workDir}', 't', '1', 1, ${updatedAt + 1});
      insert into message values ('msg_1', 'ses_another', 1, 1, '{"role":"user","time":{"created":1}}');
      insert into part values ('prt_1', 'msg_1', 'ses_another', 1, 1, '{"type":"text","text":"another"}');`);
    const all = await conversations.list(workDir, 10);
    expect(all.map(({ about }) => about)).toEqual(['another', 'say it @@text(one)']);
    expect(await conversations.list(workDir, 1)).toEqual(all.slice(0, 1));
  });

  test('its turns are told as they would have been live, with their times and where one can go back to', async () => {
    const turns = await conversations.read(workDir, id);
    expect(turns?.map(outline)).toEqual([
      { prompt: 'say it @@text(one)', events: ['one'] },
      {
        prompt: 'use it @@bash(echo hi)',
        events: [['toolu_3_0', 'execute', 'echo hi'], ['toolu_3_0', 'hi\n'], 'It ran.'],
      },
    ]);
    expect(turns?.map(({ point }) => point)).toEqual([`${id}#${firstAnswer}`, `${id}#${lastAnswer}`]);
    expect(turns?.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [1_795_781_888_673, 1_795_781_893_439],
      [1_795_781_913_867, 1_795_781_923_098],
    ]);
  });

  test('what somebody took back, a summary and what OpenCode says in a person’s place are not told', async () => {
    change(`update message set data = json_set(data, '$.summary', json('true')) where id = '${lastAnswer}';
      update part set data = json_set(data, '$.synthetic', json('true')) where message_id = '${secondPrompt}';`);
    const [only, ...more] = (await conversations.read(workDir, id)) ?? [];
    expect(more).toEqual([]);
    expect(only?.events.map(({ type }) => type)).toEqual(['message', 'tool_call', 'tool_result']);
    change(`update session set revert = '{"messageID":"${secondPrompt}"}'`);
    expect((await conversations.read(workDir, id))?.map(outline)).toEqual([
      { prompt: 'say it @@text(one)', events: ['one'] },
    ]);
  });

  test('another work dir has none of it, nor is what a sub-agent had, or what was archived, listed', async () => {
    expect(await conversations.list('/projects/coffee', 10)).toEqual([]);
    expect(await conversations.read('/projects/coffee', id)).toBeUndefined();
    for (const other of ['ses_none', '', `${id}' or '1'='1`, '%'])
      expect(await conversations.read(workDir, other)).toBeUndefined();
    change('update session set time_archived = 1');
    expect(await conversations.list(workDir, 10)).toEqual([]);
    change(`update session set time_archived = null, parent_id = 'ses_parent'`);
    expect(await conversations.list(workDir, 10)).toEqual([]);
    expect(await conversations.read(workDir, id)).toBeUndefined();
  });

  test('[B2] pieces that are none of OpenCode’s, too long or of no time at all are left out', async () => {
    const long = `{"type":"text","text":"${'x'.repeat(2_000_000)}"}`;
    change(`insert into part values ('prt_a', '${lastAnswer}', '${id}', 1, 1, 'garbage');
      insert into part values ('prt_b', '${lastAnswer}', '${id}', 1, 1, '[]');
      insert into part values ('prt_c', '${lastAnswer}', '${id}', 1, 1, '${long}');
      insert into message values ('msg_z', '${id}', 1, 1, '{"role":"user","time":{"created":1e300}}');`);
    expect(await conversations.read(workDir, id)).toHaveLength(2);
    change(
      `update session set id = '--of-another-form'; update message set session_id = '--of-another-form'`,
    );
    expect(await conversations.list(workDir, 10)).toEqual([]);
    expect(await conversations.read(workDir, '--of-another-form')).toBeUndefined();
  });

  test('[B2] a conversation that is too long is not read', async () => {
    const piece = `{"type":"text","text":"${'x'.repeat(1_000_000)}"}`;
    change(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
      insert into part select 'prt_' || i, '${lastAnswer}', '${id}', 1, 1, '${piece}' from n`);
    expect(await conversations.read(workDir, id)).toBeUndefined();
    expect(await conversations.list(workDir, 10)).toHaveLength(1);
  });

  test('[B2] nor is one whose messages are too long, whatever is in them', async () => {
    const info = `{"role":"user","time":{"created":1},"x":"${'x'.repeat(1_000_000)}"}`;
    change(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
      insert into message select 'msg_' || i, '${id}', 1, 1, '${info}' from n`);
    expect(await conversations.read(workDir, id)).toBeUndefined();
  });

  const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n) select i from n';
  test.each([
    ['a view that has no end', `drop table session; create view session as ${endless}`],
    ['a column that is computed', 'alter table session add column x as (hex(zeroblob(500000000)))'],
    ['a table without its index', 'drop index part_message_id_id_idx'],
    ['a table of another form', 'alter table message drop column data'],
  ])('[B2] in the place of the database, %s hurts nobody', async (_what, sql) => {
    change(sql);
    expect(await conversations.read(workDir, id)).toBeUndefined();
    if (!sql.includes('index')) expect(await conversations.list(workDir, 10)).toEqual([]);
  });

  test('[B2] nor does a file that is none, one without an end, a link or a pipe', async () => {
    const expectNone = async () => {
      expect(await conversations.list(workDir, 10)).toEqual([]);
      expect(await conversations.read(workDir, id)).toBeUndefined();
      await rm(file);
    };
    await rename(file, `${file}.real`);
    await symlink(`${file}.real`, file);
    await expectNone();
    await writeFile(file, 'no database');
    await expectNone();
    await writeFile(file, '');
    await truncate(file, 3_000_000_000);
    await expectNone();
    execFileSync('mkfifo', [file]);
    await expectNone();
    expect(await conversations.list(workDir, 10)).toEqual([]);
  });
});
