import { describe, expect, test } from 'vitest';
import { outline } from './outline.ts';
import { input, playPi, reads, settled, started } from './scripted-pi.ts';

/** A worker that is up and in a turn that Pi has begun. */
function playTurn() {
  const play = playPi();
  play.ready();
  play.worker.prompt(input('one'));
  play.reply('prompt', { disposition: 'started' });
  play.say(started, reads('one'));
  play.events.length = 0;
  return play;
}

describe('starting', () => {
  test('[S3] prompts wait until Pi is up, and keep their order', () => {
    const { worker, ready, prompts, events } = playPi();
    worker.prompt(input('one'));
    worker.steer(input('two'));
    expect(prompts()).toEqual([]);
    ready();
    expect(prompts()).toEqual(['one', 'two']);
    expect(events).toMatchObject([
      { type: 'worker.ready', data: { models: [{ id: 'p/m' }], commands: [{ name: 'skill:x' }] } },
    ]);
  });

  test('[S3] one that never gets ready is stopped and told as a failed start', async () => {
    const { worker, clock, state, exit, exits } = playPi();
    clock.advance(60_000);
    expect(state.inputClosed).toBe(true);
    exit({ reason: 'stopped' });
    expect(exits).toMatchObject([{ reason: 'start-failed', message: 'Pi did not get ready in time' }]);
    expect(await worker.stop()).toBe(exits[0]);
  });

  test.each([
    ['Error: no such thing', /^Pi ended with code 1 before it was ready: Error: no such thing$/],
    ['Warning: new id\nError: no such thing\nHint: start otherwise', /ready: Error: no such thing$/],
    ['SyntaxError: enableCompileCache', /Node 22\.19/],
    ['Error: Unknown option: --no-approve', /npm install -g/],
  ])('[S3] an exit before that says why: %s', (stderr, message) => {
    const { exit, exits } = playPi();
    exit({ code: 1, stderr });
    expect(exits).toMatchObject([{ reason: 'start-failed', message: expect.stringMatching(message) }]);
  });

  test('[S5] a conversation that is there is gone on with', () => {
    const { ready, events, asked } = playPi({ resuming: true });
    ready(3);
    expect(outline(events)).toEqual(['worker.ready']);
    expect(asked('new_session')).toEqual([]);
  });

  test('[S5] one that is gone is told, and the new one gets an id of its own', () => {
    const { worker, ready, events, say } = playPi({ resuming: true });
    ready(0);
    worker.prompt(input('one'));
    say(started);
    expect(events).toMatchObject([
      { type: 'context.lost' },
      { type: 'worker.ready' },
      { type: 'worker.session', data: { id: 'another' } },
    ]);
  });
});

describe('prompts', () => {
  test('[S2] one that Pi refuses is a turn that failed', () => {
    const { worker, ready, refuse, events } = playPi();
    ready();
    worker.prompt(input('one'));
    refuse('prompt', 'No API key found for the selected model.\n\nSee …');
    expect(outline(events).slice(1)).toEqual(['error WORKER_START_FAILED', 'done false error']);
  });

  test('[S2] one that an extension handled is a turn that is over', () => {
    const { worker, ready, reply, events } = playPi();
    ready();
    worker.prompt(input('/hello'));
    reply('prompt', { disposition: 'handled' });
    expect(events[1]).toMatchObject({ type: 'done', data: { success: true, input_ids: ['/hello'] } });
  });

  test('[I1] images travel with the words', () => {
    const { worker, ready, asked } = playPi();
    ready();
    const image = { type: 'image' as const, media_type: 'image/png', data: 'AAAA' };
    worker.prompt({ ...input('one', 'What is this?'), parts: [image, { type: 'text', text: 'Look.' }] });
    expect(asked('prompt')).toMatchObject([
      {
        message: 'What is this?\n\nLook.',
        images: [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }],
        streamingBehavior: 'followUp',
      },
    ]);
  });
});

describe('steering', () => {
  test('[I3] what the agent reads is taken', () => {
    const { worker, reply, say, events } = playTurn();
    worker.steer(input('two'));
    reply('prompt', { disposition: 'queued' });
    say(reads('two'), settled);
    expect(outline(events)).toEqual(['taken two', 'done true null']);
    expect(events.at(-1)).toMatchObject({ data: { input_ids: ['one', 'two'] } });
  });

  test('[I3] what came too late starts a turn of its own', () => {
    const { worker, reply, say, events } = playTurn();
    worker.steer(input('two'));
    say(settled);
    reply('prompt', { disposition: 'started' });
    say(started, reads('two'), settled);
    expect(outline(events)).toEqual(['done true null', 'started two', 'done true null']);
  });

  test('[I3] a version of Pi that does not say which is understood too', () => {
    const { worker, reply, say, events } = playTurn();
    worker.steer(input('two'));
    reply('prompt');
    say(reads('two'), settled);
    worker.steer(input('three'));
    reply('prompt');
    expect(outline(events)).toEqual(['taken two', 'done true null', 'started three']);
  });

  test('[I3] what an interrupt left unread begins the next turn, all of it, in order', () => {
    const { worker, reply, say, events, heard, prompts } = playTurn();
    worker.steer(input('two'));
    reply('prompt', { disposition: 'queued' });
    worker.steer(input('three'));
    reply('prompt', { disposition: 'queued' });
    worker.interrupt();
    expect(heard.slice(-2).map(({ type }) => type)).toEqual(['clear_queue', 'abort']);
    say({ type: 'agent_settled', aborted: true });
    expect(outline(events)).toEqual(['done false interrupted', 'started two']);
    expect(prompts()).toEqual(['one', 'two', 'three', 'two', 'three']);
    say(started, reads('two'), reads('three'), settled);
    expect(outline(events).slice(2)).toEqual(['taken three', 'done true null']);
  });

  test('[I3] one that reaches the queue behind an abort is taken out of it again', () => {
    const { worker, reply, asked, say, events } = playTurn();
    worker.steer(input('two'));
    worker.interrupt();
    reply('prompt', { disposition: 'queued' });
    expect(asked('abort')).toHaveLength(2);
    say({ type: 'agent_settled', aborted: true });
    expect(outline(events)).toEqual(['done false interrupted', 'started two']);
  });

  test('[I3] one that Pi refuses is said', () => {
    const { worker, refuse, events } = playTurn();
    worker.steer(input('two'));
    refuse('prompt', 'no');
    expect(outline(events)).toEqual(['taken two', 'error INTERNAL_ERROR']);
  });
});

describe('interrupting', () => {
  test('[I5] what was not written yet never is', async () => {
    const { worker, ready, prompts, events } = playPi();
    worker.prompt(input('one'));
    worker.interrupt();
    await Promise.resolve();
    expect(events).toMatchObject([{ type: 'done', data: { success: false, input_ids: ['one'] } }]);
    ready();
    expect(prompts()).toEqual([]);
  });

  test('[I5] an abort that came before the turn is repeated once it runs', () => {
    const { worker, ready, asked, say } = playPi();
    ready();
    worker.prompt(input('one'));
    worker.interrupt();
    expect(asked('abort')).toHaveLength(1);
    say(started);
    expect(asked('abort')).toHaveLength(2);
    say(reads('one'));
    expect(asked('abort')).toHaveLength(2);
  });

  test('[I5] idle, it does nothing', () => {
    const { worker, ready, asked } = playPi();
    ready();
    worker.interrupt();
    expect(asked('abort')).toEqual([]);
  });
});

describe('requests of Pi', () => {
  const call = { kind: 'permission', toolCallId: 't', tool: 'bash', input: { command: 'ls' }, inside: true };
  const dialog = (asked: object, more: object = {}) => ({
    ...{ type: 'extension_ui_request', id: 'r', method: 'select', title: JSON.stringify(asked) },
    ...more,
  });

  test('[E4] an answer is written once; an unknown id is ignored', () => {
    const { worker, say, heard } = playTurn();
    say(dialog(call));
    const before = heard.length;
    worker.respond({ kind: 'permission', id: 'other', allowed: true });
    worker.respond({ kind: 'permission', id: 'r', allowed: false });
    worker.respond({ kind: 'permission', id: 'r', allowed: true });
    expect(heard.slice(before)).toEqual([
      {
        ...{ type: 'extension_ui_response', id: 'r' },
        value: '{"allowed":false,"reason":"The user denied this."}',
      },
    ]);
  });

  test.each([
    [true, '{"allowed":true}'],
    [false, '{"allowed":false,"reason":"no"}'],
  ])('[E4] what needs no person waits for the word of the session: %s', (allowed, value) => {
    const { worker, say, heard, events } = playTurn();
    const before = heard.length;
    say(dialog({ ...call, tool: 'read', input: { path: 'a' } }));
    expect(events).toMatchObject([
      { type: 'tool.check', data: { id: 'r' }, calls: [{ kind: 'read', path: 'a', cwd: '/work' }] },
    ]);
    expect(heard.length).toBe(before);
    worker.respond({ kind: 'permission', id: 'r', allowed, reason: 'no' });
    expect(heard.at(-1)).toMatchObject({ id: 'r', value });
  });

  test('[E4] a changed mode counts from the next call on', async () => {
    const { worker, say, heard, events } = playTurn();
    worker.command({ command: 'set_permission', args: 'dontAsk' });
    await Promise.resolve();
    say(dialog(call));
    expect(outline(events)).toEqual(['notice permission_mode']);
    expect(heard.at(-1)).toMatchObject({ value: expect.stringContaining('"allowed":false') });
  });

  test('[E4] a dialog that Pi waits for no longer is withdrawn', () => {
    const { say, clock, events } = playTurn();
    say(dialog({}, { title: 'Which?', options: ['A'], timeout: 500 }));
    clock.advance(500);
    expect(outline(events)).toEqual(['question Which?', 'interaction.withdrawn']);
  });
});

describe('stopping', () => {
  test('[G8] idle: the input is closed; who does not go is stopped', async () => {
    const { worker, ready, state, clock, exit, exits } = playPi();
    ready();
    const stopped = worker.stop();
    expect(worker.stop()).toBe(stopped);
    expect(state).toEqual({ inputClosed: true, stopped: false });
    clock.advance(1_000);
    exit();
    expect(await stopped).toMatchObject({ reason: 'stopped', code: 0 });
    expect(state.stopped).toBe(true);
    expect(exits).toHaveLength(1);
  });

  test('[G8] in a turn: abort first, so that what was said is kept, at most a second', async () => {
    const { worker, state, clock, asked, exit } = playTurn();
    const stopped = worker.stop();
    expect(asked('abort')).toHaveLength(1);
    expect(state.inputClosed).toBe(false);
    clock.advance(1_000);
    await expect.poll(() => state.inputClosed).toBe(true);
    exit({ reason: 'killed', signal: 'SIGKILL', code: null });
    expect(await stopped).toMatchObject({ reason: 'killed' });
  });

  test('[S2] an exit nobody asked for is told as it was', () => {
    const { exit, exits } = playTurn();
    exit({ reason: 'killed', signal: 'SIGKILL', code: null });
    expect(exits).toMatchObject([{ reason: 'killed', signal: 'SIGKILL' }]);
  });
});

describe('commands', () => {
  test('[I5] what cannot be done is said', async () => {
    const { worker, ready, events, heard } = playPi();
    ready();
    const before = heard.length;
    worker.command({ command: 'rewind' });
    worker.command({ command: 'set_model' });
    worker.command({ command: 'set_model', args: 'p/none' });
    worker.command({ command: 'effort', args: 'a lot' });
    worker.command({ command: 'set_permission', args: 'bypassPermissions' });
    await Promise.resolve();
    expect(outline(events).slice(1)).toEqual([
      'error NOT_SUPPORTED',
      ...Array(4).fill('error CONFIG_INVALID'),
    ]);
    expect(heard).toHaveLength(before);
  });

  test('[I5] a model is found by its id alone if that says which', () => {
    const { worker, ready, asked, reply, refuse, events } = playPi();
    ready();
    worker.command({ command: 'set_model', args: 'm' });
    expect(asked('set_model')).toMatchObject([{ provider: 'p', modelId: 'm' }]);
    reply('set_model');
    worker.command({ command: 'model', extra: { model: 'p/m' } });
    refuse('set_model', 'Model not found: p/m');
    expect(outline(events).slice(1)).toEqual(['notice model', 'error CONFIG_INVALID']);
  });

  test('[I5] clear is a turn of its own, and its end knows the new conversation', async () => {
    const { worker, ready, reply, events } = playPi();
    ready();
    worker.command({ command: 'clear' });
    await Promise.resolve();
    reply('new_session', { cancelled: false });
    reply('get_state', { sessionId: 'next', messageCount: 0 });
    expect(outline(events).slice(1)).toEqual(['started', 'worker.session', 'notice info', 'done true null']);
  });

  test('[I5] compact: its failure is told, an interrupt is none, and nothing to do is no failure', async () => {
    const { worker, ready, refuse, events } = playPi();
    ready();
    worker.command({ command: 'compact', args: 'briefly' });
    refuse('compact', 'the model is gone');
    worker.command({ command: 'compact' });
    worker.interrupt();
    refuse('compact', 'Compaction cancelled');
    worker.command({ command: 'compact' });
    refuse('compact', 'Nothing to compact (session too small)');
    await Promise.resolve();
    expect(outline(events).filter((line) => line.startsWith('done') || line.startsWith('error'))).toEqual([
      'error INTERNAL_ERROR',
      'done false error',
      'done false interrupted',
      'done true null',
    ]);
  });

  test('[I5] neither mixes with a running turn', async () => {
    const { worker, asked, events } = playTurn();
    worker.command({ command: 'compact' });
    worker.command({ command: 'clear' });
    await Promise.resolve();
    expect(outline(events)).toEqual(['error SESSION_BUSY', 'error SESSION_BUSY']);
    expect([...asked('compact'), ...asked('new_session')]).toEqual([]);
  });

  test('[I5] how full the context is: known, unknown, or in a new shape', () => {
    const { worker, ready, reply, events } = playPi();
    ready();
    const usage = (contextUsage: object) => {
      worker.command({ command: 'context_usage' });
      reply('get_session_stats', { contextUsage });
    };
    usage({ tokens: 5, contextWindow: 10, percent: 50 });
    usage({ tokens: null, contextWindow: 10, percent: null });
    usage({});
    expect(events.slice(1)).toMatchObject([
      { type: 'context_usage', data: { total_tokens: 5, max_tokens: 10, percentage: 50 } },
      { type: 'worker.notice', data: { kind: 'info', details: { reason: 'context_unknown' } } },
      { type: 'raw' },
    ]);
  });
});

test('[E1] garbage, half a line and strangers are passed on and end nothing', () => {
  const { say, events } = playTurn();
  say(['a list'], { type: 'news' }, settled);
  expect(outline(events)).toEqual(['raw', 'raw', 'done true null']);
});
