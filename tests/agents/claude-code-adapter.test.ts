import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { WorkerEvent } from '../../apps/gateway/src/worker/worker.ts';
import { only, outline, texts } from '../../apps/gateway/test/worker/claude-code/replay.ts';
import { ClaudeBench, realClaude } from './open-claude.ts';

const run = promisify(execFile);
const last = (events: readonly WorkerEvent[]) => only(events, 'done').at(-1);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('turns', () => {
  test('[S3] one process serves turn after turn and remembers', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const first = await claude.turn('My name is Ada. @@text(Hello Ada.)');
    const { pid } = claude.worker;
    await claude.turn('@@think');
    const third = await claude.turn('@@recall');

    expect(outline(first)).toEqual([
      'worker.ready',
      'worker.session',
      'text Hello Ada.',
      'done true end_turn',
    ]);
    expect(texts(third)).toEqual(['First you said: My name is Ada.']);
    expect(claude.worker.pid).toBe(pid);
    expect(only(claude.events, 'worker.ready')[0]).toMatchObject({ version: '2.1.330' });
  });

  test('[E3] the figures are those of the turn, not of the process', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.turn('@@text');
    const second = await claude.turn('@@parallel');
    expect(last(second)).toMatchObject({
      success: true,
      input_ids: ['input-2'],
      stats: {
        tool_calls: 2,
        input_tokens: 2_400,
        output_tokens: 84,
        cache_read_tokens: 1_800,
        cache_write_tokens: 600,
        total_tokens: 4_884,
        model: 'claude-sonnet-4-5',
        context_used_percent: 1.2,
        stop_reason: 'end_turn',
      },
    });
  });

  test('[E2] five thousand deltas and an answer of 300 kB arrive whole', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const many = await claude.turn('@@many(5000)');
    expect(texts(many)).toEqual(['abcd '.repeat(5_000)]);
    expect(only(many, 'message.delta').length).toBeGreaterThan(4_000);
    expect(texts(await claude.turn('@@big(300000)'))).toEqual(['x'.repeat(300_000)]);
  });

  test('the system prompt reaches the model, beginning with a dash or not', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start({ config: { system_prompt: '--be brief and say XYZZY' } });
    await claude.turn('@@text');
    expect(bench.model.requests.at(-1)?.body).toContain('--be brief and say XYZZY');
  });

  test('[E1] a background command is a step, and its end starts a turn nobody asked for', async () => {
    await using bench = await ClaudeBench.open();
    await run('mkfifo', [join(bench.workDir, 'gate')]);
    const claude = bench.start({ config: { allowed_tools: ['Bash'] } });
    const first = await claude.turn('@@background(cat gate)');
    expect(outline(first)).toContain('step background running');
    expect(only(first, 'background.tasks')).toEqual([{ count: 1 }]);

    const from = claude.events.length;
    await writeFile(join(bench.workDir, 'gate'), 'go\n');
    await claude.next('done', from);
    const later = claude.events.slice(from);
    expect(only(later, 'turn.started')).toEqual([{ input_ids: [] }]);
    expect(only(later, 'background.tasks')).toEqual([{ count: 0 }]);
    expect(last(later)).toMatchObject({ success: true, input_ids: [] });
  });

  test('[E1] a sub-agent speaks under the call that started it', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.turn('@@agent');
    await claude.next('turn.started');
    const call = only(claude.events, 'tool_call')[0];
    expect(call).toMatchObject({ kind: 'agent', title: 'A smaller task' });
    expect(only(claude.events, 'message')).toMatchObject([
      { content: 'I am the helper.', parent_id: call?.id },
    ]);
    expect(only(claude.events, 'step').map(({ status }) => status)).toEqual(['running', 'completed']);
  });
});

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

describe('interrupt, steer, stop', () => {
  test('[I5] an interrupt ends the turn within a second and the process goes on', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const turn = claude.turn('@@slow');
    await claude.next('message.delta');
    const before = performance.now();
    claude.worker.interrupt();
    const events = await turn;
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(last(events)).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
    expect(only(events, 'error')).toEqual([]);
    const { pid } = claude.worker;
    expect(texts(await claude.turn('@@text(Here.)'))).toEqual(['Here.']);
    expect(claude.worker.pid).toBe(pid);
  });

  test('[I5] an interrupt right behind its prompt still ends it', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.next('worker.ready');
    const turn = claude.turn('@@slow');
    claude.worker.interrupt();
    expect(last(await turn)).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
  });

  test('[I5] a prompt interrupted before the process is up never reaches the model', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const turn = claude.turn('@@slow');
    claude.worker.interrupt();
    expect(last(await turn)).toMatchObject({ success: false, input_ids: ['input-1'] });
    await claude.turn('@@text');
    expect(bench.model.requests.map(({ scenario }) => scenario)).toEqual(['text']);
  });

  test('[E4] an interrupt withdraws the open request', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const turn = claude.turn('@@touch(made)');
    const { id } = await claude.next('permission_request');
    claude.worker.interrupt();
    expect(only(await turn, 'interaction.withdrawn')).toEqual([{ id }]);
    claude.worker.respond?.({ kind: 'permission', id, allowed: true });
    expect(texts(await claude.turn('@@text(Still here.)'))).toEqual(['Still here.']);
    expect(existsSync(join(bench.workDir, 'made'))).toBe(false);
  });

  test('[I3] a steered prompt joins the turn after the running tool', async () => {
    await using bench = await ClaudeBench.open();
    await run('mkfifo', [join(bench.workDir, 'gate')]);
    const claude = bench.start({ config: { allowed_tools: ['Bash'] } });
    const turn = claude.turn('@@bash(cat gate)');
    await claude.next('tool_call');
    claude.worker.steer?.({ inputId: 'aside', content: 'And mind the gap.' });
    await writeFile(join(bench.workDir, 'gate'), 'go\n');
    const events = await turn;
    expect(only(events, 'input.taken')).toEqual([{ input_id: 'aside' }]);
    expect(last(events)?.input_ids).toEqual(['input-1', 'aside']);
    expect(bench.model.requests.at(-1)?.body).toContain('And mind the gap.');
  });

  test('[I3] a steered prompt that comes too late gets a turn of its own', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.turn('@@text(One.)');
    const from = claude.events.length;
    claude.worker.steer?.({ inputId: 'late', content: '@@text(Two.)' });
    await claude.next('done', from);
    expect(outline(claude.events.slice(from))).toEqual(['turn.started', 'text Two.', 'done true end_turn']);
    expect(only(claude.events.slice(from), 'turn.started')).toEqual([{ input_ids: ['late'] }]);
  });

  test('[G8] stop in the middle of a tool leaves no process behind', async () => {
    await using bench = await ClaudeBench.open();
    await run('mkfifo', [join(bench.workDir, 'gate'), join(bench.workDir, 'up')]);
    const claude = bench.start({ config: { allowed_tools: ['Bash'] } });
    void claude.turn('@@bash(echo $$ > up; exec cat gate)');
    const tool = Number(await readFile(join(bench.workDir, 'up'), 'utf8'));
    expect(isAlive(tool)).toBe(true);
    const before = performance.now();
    const exit = await claude.worker.stop();
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(exit.reason).toBe('stopped');
    expect(await claude.exit).toBe(exit);
    expect(isAlive(tool)).toBe(false);
  });
});

describe('memory', () => {
  test('[S5] after SIGKILL a resumed process remembers', async () => {
    await using bench = await ClaudeBench.open();
    const first = bench.start();
    await first.turn('The word is plum. @@text(Noted.)');
    const { id } = await first.next('worker.session');
    process.kill(first.worker.pid ?? 0, 'SIGKILL');
    expect(await first.exit).toMatchObject({ reason: 'killed', signal: 'SIGKILL' });

    const second = bench.start({ resume: id });
    expect(texts(await second.turn('@@recall'))).toEqual(['First you said: The word is plum.']);
    expect(only(second.events, 'context.lost')).toEqual([]);
  });

  test('[S5] a conversation that is gone starts afresh, and says so', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start({ resume: '11111111-1111-4111-8111-111111111111' });
    const events = await claude.turn('Who am I? @@recall');
    expect(events.map(({ type }) => type).slice(0, 3)).toEqual([
      'context.lost',
      'worker.ready',
      'worker.session',
    ]);
    expect(texts(events)).toEqual(['First you said: Who am I?']);
    expect(only(events, 'worker.session')[0]?.id).not.toBe('11111111-1111-4111-8111-111111111111');
  });

  test('[I5] clear forgets, and the new conversation is the one to resume', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.turn('The word is plum. @@text(Noted.)');
    const from = claude.events.length;
    claude.worker.command?.({ command: 'clear' });
    await claude.next('done', from);
    const sessions = only(claude.events, 'worker.session').map(({ id }) => id);
    expect(new Set(sessions).size).toBe(2);
    expect(bench.model.requests).toHaveLength(1);
  });
});

describe('failures', () => {
  test.each([
    ['unauthorized', 'UNAUTHORIZED', /ANTHROPIC_API_KEY/],
    ['limited-for-good', 'RATE_LIMITED', /rate limit/],
    ['no-model', 'CONFIG_INVALID', /claude-sonnet-4-5/],
    ['overloaded', 'INTERNAL_ERROR', /529/],
    ['invalid', 'INTERNAL_ERROR', /something is wrong/],
    ['cut', 'INTERNAL_ERROR', /dropped/],
  ])('[S2] %s becomes %s, and the next turn works', async (scenario, code, message) => {
    await using bench = await ClaudeBench.open({ CLAUDE_CODE_MAX_RETRIES: '1' });
    const claude = bench.start();
    const events = await claude.turn(`@@${scenario}`);
    expect(only(events, 'error')).toMatchObject([{ code, message: expect.stringMatching(message) }]);
    expect(last(events)).toMatchObject({ success: false, stats: { stop_reason: 'error' } });
    expect(texts(events)).toEqual([]);
    expect(texts(await claude.turn('@@text(Fine.)'))).toEqual(['Fine.']);
  });

  test('[E1] a retry that helps is told and harmless', async () => {
    await using bench = await ClaudeBench.open();
    const events = await bench.start().turn('@@limited(1)');
    expect(only(events, 'worker.notice')).toMatchObject([
      { kind: 'retry', details: { status: 429, attempt: 1 } },
    ]);
    expect(texts(events)).toEqual(['Recovered.']);
  });

  test('[E2] an answer that breaks off is taken back and said anew', async () => {
    await using bench = await ClaudeBench.open();
    const events = await bench.start().turn('@@breaks');
    expect(only(events, 'message.retract')).toHaveLength(1);
    expect(texts(events)).toEqual(['An error comes after this.']);
  });

  test('[S3] without credentials it says how to sign in', async () => {
    await using bench = await ClaudeBench.open({ ANTHROPIC_API_KEY: '' });
    const events = await bench.start().turn('@@text');
    expect(only(events, 'error')).toMatchObject([
      { code: 'WORKER_START_FAILED', message: expect.stringContaining('/login') },
    ]);
  });

  test('[D4] a value that looks like a flag starts nothing', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start({ config: { model: '--dangerously-skip-permissions' } });
    expect(await claude.exit).toMatchObject({
      reason: 'start-failed',
      message: expect.stringContaining('no possible value of model'),
    });
  });

  test('[D5] the mode that never asks is refused unless the operator offers it', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start({ config: { permission_mode: 'bypassPermissions' } });
    expect(await claude.exit).toMatchObject({ reason: 'start-failed' });
  });
});

describe('the machine', () => {
  test('[H7] the installed CLI is found with its version', async () => {
    await using bench = await ClaudeBench.open();
    expect(await bench.definition.locate()).toEqual({
      available: true,
      version: '2.1.330',
      path: realClaude,
    });
  });

  test.each([
    { trusted: false, ran: [] },
    { trusted: true, ran: ['session', 'prompt', 'server'] },
  ])(
    '[B6] of a repository (trusted: $trusted) these hooks and servers run: $ran',
    async ({ trusted, ran }) => {
      await using bench = await ClaudeBench.open({}, { trusts: () => trusted });
      const touch = (name: string) => `touch ${join(bench.workDir, name)}`;
      const hook = (name: string) => [{ hooks: [{ type: 'command', command: touch(name) }] }];
      const hooks = { SessionStart: hook('session'), UserPromptSubmit: hook('prompt') };
      const mcpServers = { evil: { command: 'sh', args: ['-c', touch('server')] } };
      await mkdir(join(bench.workDir, '.claude'));
      await writeFile(join(bench.workDir, '.claude', 'settings.json'), JSON.stringify({ hooks }));
      await writeFile(join(bench.workDir, '.mcp.json'), JSON.stringify({ mcpServers }));
      await bench.start().turn('@@text');
      const marks = ['session', 'prompt', 'server'];
      expect(marks.filter((name) => existsSync(join(bench.workDir, name)))).toEqual(ran);
    },
  );

  test('[E1] the CLI answers the commands it offers', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.turn('@@text');
    claude.worker.command?.({ command: 'context_usage' });
    expect(await claude.next('context_usage')).toMatchObject({ max_tokens: 200_000 });
    claude.worker.command?.({ command: 'mcp_status' });
    expect(await claude.next('mcp_status')).toEqual({ servers: [] });
    claude.worker.command?.({ command: 'skills' });
    expect((await claude.next('skills_list')).total).toBeGreaterThan(5);
    const from = claude.events.length;
    claude.worker.command?.({ command: 'set_model', args: 'claude-haiku-4-5' });
    expect(await claude.next('worker.notice', from)).toMatchObject({ kind: 'model' });
    await claude.turn('@@text');
    expect(bench.model.requests.at(-1)?.model).toBe('claude-haiku-4-5');
    claude.worker.command?.({ command: 'set_permission', args: 'nonsense' });
    expect(await claude.next('error', from)).toMatchObject({ code: 'CONFIG_INVALID' });
    const compacted = claude.events.length;
    claude.worker.command?.({ command: 'compact' });
    await claude.next('done', compacted);
    expect(outline(claude.events.slice(compacted))).toEqual([
      'notice compaction',
      'turn.started',
      'notice compaction',
      'done true null',
    ]);
  });
});
