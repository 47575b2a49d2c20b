import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { only, texts } from '../../apps/gateway/test/worker/claude-code/replay.ts';
import { ClaudeBench } from './open-claude.ts';

describe('interactions', () => {
  test('[E4] a denied tool does not run, an allowed one does', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const file = join(bench.workDir, 'made');

    for (const allowed of [false, true]) {
      const from = claude.events.length;
      const turn = claude.turn(`@@touch(${file})`);
      const request = await claude.next('permission_request', from);
      expect(request).toMatchObject({ tool_name: 'Bash', input_raw: { command: `touch ${file}` } });
      expect(existsSync(file)).toBe(false);
      claude.worker.respond?.({ kind: 'permission', id: request.id, allowed, reason: 'not this one' });
      const [result] = only(await turn, 'tool_result');
      expect(result).toMatchObject(allowed ? { error: undefined } : { denied: true, error: 'not this one' });
      expect(existsSync(file)).toBe(allowed);
    }
  });

  test('[E4] "for this session" is not asked again and leaves nothing in the work dir', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const first = claude.turn('@@touch(made)');
    const { id, options } = await claude.next('permission_request');
    expect(options?.map((option) => option.id)).toEqual(['allow_once', 'allow_session', 'deny']);
    claude.worker.respond?.({ kind: 'permission', id, allowed: true, optionId: 'allow_session' });
    await first;
    const second = await claude.turn('@@touch(made)');
    expect(only(second, 'permission_request')).toEqual([]);
    expect(only(second, 'tool_result')[0]?.error).toBeUndefined();
    expect(existsSync(join(bench.workDir, '.claude'))).toBe(false);
  });

  test('[E4] a changed input is what runs', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const turn = claude.turn('@@touch(asked)');
    const { id } = await claude.next('permission_request');
    const updatedInput = { command: 'touch chosen' };
    claude.worker.respond?.({ kind: 'permission', id, allowed: true, updatedInput });
    await turn;
    expect(existsSync(join(bench.workDir, 'chosen'))).toBe(true);
    expect(existsSync(join(bench.workDir, 'asked'))).toBe(false);
  });

  test.each([
    { answers: { 'Which colour?': 'Blue' }, heard: '\\"Which colour?\\"=\\"Blue\\"' },
    { answers: null, heard: 'The user did not answer.' },
  ])('[E4] a question is answered with $answers', async ({ answers, heard }) => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const turn = claude.turn('@@ask');
    const { id, questions } = await claude.next('question_request');
    expect(questions[0]).toMatchObject({
      question: 'Which colour?',
      options: [{ label: 'Red' }, { label: 'Blue' }],
    });
    claude.worker.respond?.({ kind: 'question', id, answers });
    expect(texts(await turn)).toEqual(['Thank you.']);
    expect(bench.model.requests.at(-1)?.body).toContain(heard);
  });

  test('[E4] a plan is shown and approved', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start({ config: { permission_mode: 'plan' } });
    const turn = claude.turn('@@plan');
    const request = await claude.next('permission_request');
    expect(request).toMatchObject({ tool_name: 'ExitPlanMode', description: '1. Do it\n2. Check it' });
    claude.worker.respond?.({ kind: 'permission', id: request.id, allowed: true });
    const events = await turn;
    expect(texts(events)).toEqual(['Let us begin.']);
    expect(only(events, 'worker.notice')).toMatchObject([
      { kind: 'permission_mode', details: { mode: 'default' } },
    ]);
  });

  test('[E1] the list of things to do is told whole', async () => {
    await using bench = await ClaudeBench.open();
    const events = await bench.start().turn('@@todo');
    expect(only(events, 'plan').at(-1)?.entries).toEqual([
      { id: '1', content: 'First', status: 'completed' },
      { id: '2', content: 'Second', status: 'pending' },
    ]);
  });

  test('[E1] an edit carries its place and its difference', async () => {
    await using bench = await ClaudeBench.open();
    const path = join(bench.workDir, 'notes.txt');
    await writeFile(path, 'alpha\nbeta\n');
    const claude = bench.start({ config: { permission_mode: 'acceptEdits' } });
    const edit = only(await claude.turn(`@@edit(${path})`), 'tool_call').at(-1);
    expect(edit).toMatchObject({
      kind: 'edit',
      title: 'Edit notes.txt',
      locations: [{ path }],
      diff: [{ path, old_text: 'beta', new_text: 'BETA' }],
    });
    expect(await readFile(path, 'utf8')).toBe('alpha\nBETA\n');
  });
});
