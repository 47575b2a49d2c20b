import { beforeEach, describe, expect, test } from 'vitest';
import { openSession } from './open-session.ts';

let world: ReturnType<typeof openSession>;
beforeEach(() => {
  world = openSession();
});
const prompt = (inputId: string, content = inputId) =>
  world.session.prompt({ inputId, content, author: 'me' });
const permission = { type: 'permission_request', data: { id: 'p', tool_name: 'Bash' } } as const;
const done = { type: 'done', data: { success: true } } as const;

describe('inputs', () => {
  test('[I2] [R2] an accepted prompt is stored and told before the agent hears it', () => {
    prompt('a');
    expect(world.kinds()).toEqual(['input', 'input.status', 'state', 'session.title']);
    expect(world.store.input('s', 'a')).toMatchObject({
      status: 'delivered',
      turnId: world.session.record.turn?.id,
    });
    expect(world.worker.calls).toEqual(['prompt a']);
  });

  test.each([
    ['empty', ''],
    ['blank', ' \n'],
    ['with NUL', 'a\0b'],
    ['too long', 'x'.repeat(101)],
  ])('[I4] a prompt that is %s never reaches the agent', (_, content) => {
    expect(() => prompt('a', content)).toThrowError(expect.objectContaining({ code: 'INVALID_MESSAGE' }));
    expect(world.told).toEqual([]);
    expect(world.worker.calls).toEqual([]);
  });

  test('[I3] a bounded queue: run in order, edited, cancelled', () => {
    prompt('a');
    prompt('b');
    prompt('c');
    expect(() => prompt('d')).toThrowError(expect.objectContaining({ code: 'SESSION_BUSY' }));
    world.session.cancelInput('b');
    world.session.editInput('c', 'better c');
    world.worker.say(done);
    expect(world.worker.prompts.map(({ content }) => content)).toEqual(['a', 'better c']);
    expect(world.store.input('s', 'b')?.status).toBe('cancelled');
  });

  test('[S6] what a dead gateway left open is closed, and its input is never run again by itself', () => {
    prompt('a');
    world.worker.say(permission);
    const revived = world.revive();
    revived.recover(Promise.resolve());
    expect(revived.record).toMatchObject({ state: 'terminated', turn: null });
    expect(world.store.input('s', 'a')?.status).toBe('indeterminate');
    expect(world.store.openInteractions('s')).toEqual([]);
    expect(world.worker.starts).toHaveLength(1);
  });
});

describe('turns', () => {
  test('[S2] [E3] done comes once, with figures that are null where the agent says nothing, and sums', () => {
    prompt('a');
    world.worker.say(done, done);
    expect(world.kinds().filter((kind) => kind === 'done')).toHaveLength(1);
    expect(world.last('done')).toMatchObject({
      success: true,
      dropped: false,
      stats: { input_tokens: null, cost_usd: null, _session: { turn_count: 1, cost_usd: null } },
    });
    expect(world.session.record.state).toBe('idle');
  });

  test('[B1] pieces of one block that arrive together are one event, numbered once', () => {
    prompt('a');
    const piece = (content: string) =>
      ({ type: 'message.delta', data: { message_id: 'm', content } }) as const;
    const before = world.told.length;
    world.worker.say(
      { type: 'message.start', data: { id: 'm', role: 'assistant', content_type: 'text' } },
      piece('a'),
      piece('b'),
      piece('c'),
    );
    world.worker.say(piece('d'));
    expect(world.told.slice(before).map(({ type, data }) => [type, JSON.parse(data).content])).toEqual([
      ['message.start', undefined],
      ['message.delta', 'abc'],
      ['message.delta', 'd'],
    ]);
    expect(world.told.map(({ seq }) => seq)).toEqual(world.told.map((_, index) => index + 1));
  });

  test('[S2] a process that dies in a turn: error, done, terminated; the next prompt resumes', () => {
    prompt('a');
    world.worker.say({ type: 'worker.session', data: { id: 'native' } });
    world.worker.exit(3);
    expect(world.kinds().slice(-4)).toEqual(['error', 'done', 'input.status', 'state']);
    expect(world.last('error')).toMatchObject({
      code: 'WORKER_CRASH',
      details: { exit_code: 3, stderr: 'last words' },
    });
    prompt('b');
    expect(world.worker.starts.at(-1)).toMatchObject({ resume: 'native' });
  });

  test('[S4] [G7] followers that come and go change nothing', () => {
    const leave = world.session.attach({ deliver() {} });
    prompt('a');
    leave();
    expect(world.session.record.state).toBe('running');
  });

  test('[I5] an agent that ignores an interrupt is ended after the time limit', () => {
    prompt('a');
    world.session.interrupt();
    expect(world.worker.calls).toEqual(['prompt a', 'interrupt']);
    world.clock.advance(499);
    expect(world.worker.calls).not.toContain('stop');
    world.clock.advance(1);
    expect(world.worker.calls).toContain('stop');
    expect(world.last('done')).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
    expect(world.kinds()).not.toContain('error');
  });
});

test('what an agent says moves its session in the list once a second, and the end of a turn at once', () => {
  prompt('a');
  const begun = world.clock.now();
  const saidAfter = (ms: number) => {
    world.clock.advance(ms);
    world.worker.say({ type: 'message', data: { id: 'm', role: 'assistant', content: 'x' } });
    expect(world.store.find('s')).toMatchObject(world.session.record);
    return world.session.record.updatedAt - begun;
  };
  expect([900, 99, 1, 999].map(saidAfter)).toEqual([0, 0, 1_000, 1_000]);
  world.worker.say(done);
  expect(world.store.find('s')?.updatedAt).toBe(world.clock.now());
});

describe('requests', () => {
  test('[E4] [P3] no answer in time denies', () => {
    prompt('a');
    world.worker.say(permission);
    world.clock.advance(1_000);
    expect(world.last('permission.resolved')).toMatchObject({
      id: 'p',
      allowed: false,
      by: null,
      reason: 'timeout',
    });
    expect(world.worker.calls.at(-1)).toBe('respond permission false');
  });

  test('[E4] [P1] the first answer wins, and only for a request of that kind', () => {
    prompt('a');
    world.worker.say(permission);
    expect(() => world.session.respond({ kind: 'question', id: 'p', answers: null }, 'me')).toThrowError(
      expect.objectContaining({ code: 'INVALID_MESSAGE' }),
    );
    world.session.respond({ kind: 'permission', id: 'p', allowed: true }, 'me');
    expect(() => world.session.respond({ kind: 'permission', id: 'p', allowed: false }, 'you')).toThrowError(
      expect.objectContaining({ code: 'ALREADY_RESOLVED' }),
    );
    expect(world.last('permission.resolved')).toMatchObject({ allowed: true, by: 'me' });
    world.clock.advance(10_000);
    expect(world.worker.calls.filter((call) => call.startsWith('respond'))).toEqual([
      'respond permission true',
    ]);
  });
});
