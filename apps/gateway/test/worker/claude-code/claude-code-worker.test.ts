import { describe, expect, test } from 'vitest';
import { outline } from './replay.ts';
import { playCli } from './scripted-cli.ts';

const input = (inputId: string, content = inputId) => ({ inputId, content });
const init = (uuid: string | undefined) => ({
  type: 'system',
  subtype: 'init',
  session_id: 's',
  user_message_uuids: [uuid],
});

describe('starting', () => {
  test('[S3] prompts wait until the CLI is up, and keep their order', () => {
    const { worker, ready, prompts, events } = playCli();
    worker.prompt(input('one'));
    worker.steer(input('two'));
    expect(prompts()).toEqual([]);
    ready();
    expect(prompts()).toMatchObject([{ message: { content: 'one' } }, { message: { content: 'two' } }]);
    expect(outline(events)).toEqual(['worker.ready']);
  });

  test('[S3] a CLI that never gets ready is stopped and told as a failed start', async () => {
    const { worker, clock, cli, exits } = playCli();
    clock.turn(60_000);
    expect(cli().inputClosed).toBe(true);
    cli().exit({ reason: 'stopped' });
    expect(exits).toMatchObject([
      { reason: 'start-failed', message: 'Claude Code did not get ready in time' },
    ]);
    expect(await worker.stop()).toBe(exits[0]);
  });

  test.each([
    ['error: unknown option', 'Claude Code ended with code 1 before it was ready: error: unknown option'],
    [
      '--dangerously-skip-permissions cannot be used with root/sudo privileges for security reasons',
      'Claude Code refuses to skip permissions as root; run the gateway as another user or choose another permission mode',
    ],
  ])('[S3] an exit before that says why: %s', (stderr, message) => {
    const { cli, exits } = playCli();
    cli().exit({ code: 1, stderr });
    expect(exits).toMatchObject([{ reason: 'start-failed', message }]);
  });

  test('[S5] a conversation that is gone is told once and started anew', () => {
    const { worker, processes, cli, ready, prompts, events, exits, clock } = playCli({ resume: 'gone' });
    worker.prompt(input('one'));
    clock.turn(59_000);
    cli().exit({ code: 1, stderr: 'No conversation found with session ID: gone' });
    expect(
      processes.map(({ options }) => options.args.filter((arg) => /resume|session-id/.test(arg))),
    ).toEqual([['--resume=gone'], [expect.stringMatching(/^--session-id=[0-9a-f-]{36}$/)]]);
    clock.turn(59_000);
    ready();
    expect(prompts()).toHaveLength(1);
    expect(outline(events)).toEqual(['context.lost', 'worker.ready']);
    expect(exits).toEqual([]);
  });

  test('[I5] a conversation to branch off that is gone is told, and the new one begins empty', () => {
    const { processes, cli, ready, events } = playCli({ fork: 'gone' });
    cli().exit({ code: 1, stderr: 'No conversation found with session ID: gone' });
    ready();
    expect(
      processes.map(({ options }) => options.args.filter((arg) => /resume|fork|session-id/.test(arg))),
    ).toEqual([
      ['--resume=gone', '--fork-session', expect.stringMatching(/^--session-id=[0-9a-f-]{36}$/)],
      [expect.stringMatching(/^--session-id=[0-9a-f-]{36}$/)],
    ]);
    expect(outline(events)).toEqual(['context.lost', 'worker.ready']);
  });

  test('[S5] a second failure is final', () => {
    const { cli, exits, processes } = playCli({ resume: 'gone' });
    const failure = { code: 1, stderr: 'No conversation found' };
    cli().exit(failure);
    cli().exit(failure);
    expect(processes).toHaveLength(2);
    expect(exits).toMatchObject([{ reason: 'start-failed' }]);
  });
});

describe('interrupting', () => {
  test('[I5] what was not written yet never is', async () => {
    const { worker, ready, prompts, events } = playCli();
    worker.prompt(input('one'));
    worker.interrupt();
    await Promise.resolve();
    expect(events).toMatchObject([{ type: 'done', data: { success: false, input_ids: ['one'] } }]);
    ready();
    expect(prompts()).toEqual([]);
  });

  test('[I5] an interrupt that came before the turn is repeated once it runs', () => {
    const { worker, ready, cli, asked, prompts } = playCli();
    ready();
    worker.prompt(input('one'));
    worker.interrupt();
    expect(asked('interrupt')).toHaveLength(1);
    cli().say(init(prompts()[0]?.uuid));
    expect(asked('interrupt')).toHaveLength(2);
    cli().say({ type: 'system', subtype: 'status' });
    expect(asked('interrupt')).toHaveLength(2);
  });

  test('[I5] a prompt that the CLI cancelled before its turn is done', () => {
    const { worker, ready, cli, prompts, events } = playCli();
    ready();
    worker.prompt(input('one'));
    cli().say({ type: 'command_lifecycle', command_uuid: prompts()[0]?.uuid, state: 'cancelled' });
    expect(outline(events).at(-1)).toBe('done false interrupted');
  });

  test('[I5] idle, it does nothing', () => {
    const { worker, ready, asked } = playCli();
    ready();
    worker.interrupt();
    expect(asked('interrupt')).toEqual([]);
  });
});

describe('requests of the CLI', () => {
  const request = { subtype: 'can_use_tool', tool_name: 'Bash', input: {}, tool_use_id: 't' };

  test('[E4] an answer is written once; an unknown id is ignored', () => {
    const { worker, ready, cli } = playCli();
    ready();
    cli().say({ type: 'control_request', request_id: 'r', request });
    const before = cli().heard.length;
    worker.respond({ kind: 'permission', id: 'other', allowed: true });
    worker.respond({ kind: 'permission', id: 'r', allowed: false });
    worker.respond({ kind: 'permission', id: 'r', allowed: true });
    expect(cli().heard.slice(before)).toEqual([
      {
        type: 'control_response',
        response: {
          subtype: 'success',
          request_id: 'r',
          response: { behavior: 'deny', message: 'The user denied this.' },
        },
      },
    ]);
  });

  test('[E4] what nobody here can answer is refused at once', () => {
    const { ready, cli, events } = playCli();
    ready();
    cli().say({ type: 'control_request', request_id: 'r', request: { subtype: 'request_user_dialog' } });
    expect(cli().heard.at(-1)).toMatchObject({ response: { subtype: 'error', request_id: 'r' } });
    expect(outline(events)).toEqual(['worker.ready']);
  });
});

describe('stopping', () => {
  test('[G8] idle: the input is closed; who does not go is stopped', async () => {
    const { worker, ready, cli, clock, exits } = playCli();
    ready();
    const stopped = worker.stop();
    expect(worker.stop()).toBe(stopped);
    expect(cli().inputClosed).toBe(true);
    expect(cli().stopped).toBe(false);
    clock.turn(1_000);
    cli().exit();
    expect(await stopped).toMatchObject({ reason: 'stopped', code: 0 });
    expect(cli().stopped).toBe(true);
    expect(exits).toHaveLength(1);
  });

  test('[G8] in a turn: interrupt first, at most a second', async () => {
    const { worker, ready, cli, clock, asked, prompts } = playCli();
    ready();
    worker.prompt(input('one'));
    cli().say(init(prompts()[0]?.uuid));
    const stopped = worker.stop();
    expect(asked('interrupt')).toMatchObject([{ request: { cancel_queued: true } }]);
    expect(cli().inputClosed).toBe(false);
    clock.turn(1_000);
    await expect.poll(() => cli().inputClosed).toBe(true);
    cli().exit({ reason: 'killed', signal: 'SIGKILL', code: null });
    expect(await stopped).toMatchObject({ reason: 'killed' });
  });

  test('[S2] an exit nobody asked for is told as it was', () => {
    const { ready, cli, exits } = playCli();
    ready();
    cli().exit({ reason: 'killed', signal: 'SIGKILL', code: null });
    expect(exits).toMatchObject([{ reason: 'killed', signal: 'SIGKILL' }]);
  });
});

describe('commands', () => {
  test('[I5] what cannot be done is said', async () => {
    const { worker, ready, events } = playCli();
    ready();
    worker.command({ command: 'rewind' });
    worker.command({ command: 'set_model' });
    worker.command({ command: 'set_permission', args: 'bypassPermissions' });
    await Promise.resolve();
    expect(outline(events).slice(1)).toEqual([
      'error NOT_SUPPORTED',
      'error CONFIG_INVALID',
      'error CONFIG_INVALID',
    ]);
  });

  test('[I5] a slash command does not mix with a running turn', async () => {
    const { worker, ready, prompts, events } = playCli();
    ready();
    worker.prompt(input('one'));
    worker.command({ command: 'compact' });
    await Promise.resolve();
    expect(prompts()).toHaveLength(1);
    expect(outline(events).at(-1)).toBe('error SESSION_BUSY');
  });

  test('[I5] the CLI’s refusal is an error, an answer in a new shape is passed on', () => {
    const { worker, ready, cli, asked, events } = playCli();
    ready();
    worker.command({ command: 'set_permission', args: 'plan' });
    worker.command({ command: 'mcp_status' });
    const reply = (subtype: string, response: object) =>
      cli().say({
        type: 'control_response',
        response: { request_id: asked(subtype)[0]?.request_id, ...response },
      });
    reply('set_permission_mode', { subtype: 'error', error: 'not for this model' });
    reply('mcp_status', { subtype: 'success', response: { mcpServers: 'none' } });
    expect(events.slice(1)).toMatchObject([
      { type: 'error', data: { code: 'CONFIG_INVALID', message: 'not for this model' } },
      { type: 'raw', data: { kind: 'claude.mcp_status' } },
    ]);
  });
});

test('[I1] images travel with the words', () => {
  const { worker, ready, prompts } = playCli();
  ready();
  const image = { type: 'image' as const, media_type: 'image/png', data: 'AAAA' };
  worker.prompt({ ...input('one', 'What is this?'), parts: [image] });
  expect(prompts()).toMatchObject([
    {
      message: {
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          { type: 'text', text: 'What is this?' },
        ],
      },
    },
  ]);
});
