import { expect, test } from 'vitest';
import { openSession } from './open-session.ts';

const say = (content: string) => ({ type: 'message.delta', data: { message_id: 'm', content } }) as const;
const done = { type: 'done', data: { success: true } } as const;
const ask = {
  type: 'permission_request',
  data: { id: 'p', tool_name: 'Bash' },
} as const;

/** A session in a turn, whose worker can be taken over after each word. */
function inTurn() {
  const world = openSession();
  const { worker, session, store } = world;
  worker.state = { offset: 0, memory: 'fresh' };
  session.prompt({ inputId: 'first', content: 'first', author: 'me' });
  const reaped: number[] = [];
  const gone = Promise.withResolvers<void>();
  const swept = Promise.withResolvers<void>();
  /** The gateway dies here and another one starts. */
  const restart = ({ isHere = true, now = world.clock.now() } = {}) => {
    const reap = async ({ pid }: { pid: number }) => {
      reaped.push(pid);
      await gone.promise;
    };
    const clockSet = now - world.clock.now();
    const next = world.revive({ processes: { has: () => isHere, reap } }, clockSet);
    next.recover(swept.promise);
    return next;
  };
  const log = () => store.events('s', 0, 1_000).map(({ type }) => type);
  const statusOf = (inputId: string) => store.input('s', inputId)?.status;
  return { ...world, restart, log, statusOf, reaped, gone, swept };
}

test('[G8] [S6] a turn goes on with the agent of the gateway that died, and nothing of it is told', () => {
  const { worker, restart, log, statusOf, store } = inTurn();
  worker.state = { offset: 70, memory: { half: 'a word' } };
  worker.say(
    { type: 'message.start', data: { id: 'm', role: 'assistant', content_type: 'text' } },
    say('one '),
  );
  const before = log();

  const session = restart();
  expect(worker.starts.at(-1)?.adopt).toEqual({
    process: { pid: 4711, startTime: '1', mark: 'mark', folder: '/nowhere' },
    offset: 70,
    memory: { half: 'a word' },
  });
  expect(log()).toEqual(before);
  expect(session.record.state).toBe('running');

  worker.say(say('two'), done);
  expect(log()).toEqual([...before, 'message.delta', 'done', 'input.status', 'state']);
  expect(statusOf('first')).toBe('done');
  expect(session.record.turn).toBeNull();
  expect(store.worker('s')?.turnId).toBeNull();
});

test('[G8] between turns the agent stays hot over a restart', () => {
  const { worker, restart } = inTurn();
  worker.say(done);
  const session = restart();
  session.prompt({ inputId: 'b', content: 'b', author: 'me' });
  expect(worker.calls).toEqual(['prompt first', 'prompt b']);
  expect(worker.starts).toHaveLength(2);
  expect(worker.starts[1]?.adopt).toBeDefined();
});

test('[G4] [I2] a prompt of which nobody knows whether it arrived is run by nobody', async () => {
  const { worker, restart, log, statusOf, reaped, gone, store } = inTurn();
  worker.say(done);
  const record = store.worker('s');
  worker.state = { offset: 9, memory: 'b is with it' };
  const session = restart();
  session.prompt({ inputId: 'b', content: 'b', author: 'me' });
  // It died after the turn had begun and before it knew that the agent has the prompt.
  if (record) store.commit('s', { worker: record }, 0);
  session.prompt({ inputId: 'c', content: 'c', author: 'me' });

  const next = restart();
  expect(reaped).toEqual([4711]);
  expect(statusOf('b')).toBe('indeterminate');
  expect(log().slice(-4)).toEqual(['error', 'done', 'input.status', 'state']);
  expect(worker.calls).not.toContain('prompt c');
  worker.exit(0);
  gone.resolve();
  await gone.promise;
  await new Promise(setImmediate);
  // Only now that the old agent is gone another one takes up the conversation.
  expect(worker.calls.at(-1)).toBe('prompt c');
  expect(worker.starts.at(-1)?.adopt).toBeUndefined();
  expect(next.record.state).toBe('running');
});

test('[E4] what the agent asked is answered in the next gateway, by its old deadline', () => {
  const { worker, restart, clock, session: first } = inTurn();
  worker.say(ask);
  clock.advance(400);
  expect(first.pending).toHaveLength(1);
  const session = restart();
  expect(session.pending.map(({ id }) => id)).toEqual(['p']);
  session.respond({ kind: 'permission', id: 'p', allowed: true }, 'me');
  expect(worker.calls.at(-1)).toBe('respond permission true');
});

test('[E4] [P3] a deadline that passes in the next gateway denies', () => {
  const { worker, restart, clock, last } = inTurn();
  worker.say(ask);
  clock.advance(400);
  const session = restart();
  session.attach({ deliver: () => {} });
  clock.advance(599);
  expect(session.pending).toHaveLength(1);
  clock.advance(1);
  expect(session.pending).toHaveLength(0);
  expect(worker.calls.at(-1)).toBe('respond permission false');
  expect(last('permission_request')).toMatchObject({ id: 'p' });
});

test('[E4] an answer that may not have reached the agent is given again', () => {
  const { worker, restart, session } = inTurn();
  worker.say(ask);
  session.respond({ kind: 'permission', id: 'p', allowed: false, reason: 'no' }, 'me');
  worker.calls.length = 0;
  restart();
  expect(worker.calls).toEqual(['respond permission false']);
});

test('[E4] so is one to what it asked outside of a turn, also when another turn has begun since', () => {
  for (const turn of ['none', 'another']) {
    const { worker, restart, session } = inTurn();
    worker.say(done, ask);
    session.respond({ kind: 'permission', id: 'p', allowed: true }, 'me');
    if (turn === 'another') session.prompt({ inputId: 'b', content: 'b', author: 'me' });
    worker.calls.length = 0;
    restart();
    expect(worker.calls).toEqual(['respond permission true']);
  }
});

test('[S6] an agent that nobody can go on with is closed honestly, and so is one that stops being such', () => {
  const { worker, restart, log, statusOf, store } = inTurn();
  worker.state = undefined;
  worker.say(say('one'));
  expect(store.worker('s')).toBeUndefined();
  restart();
  expect(log().slice(-4)).toEqual(['error', 'done', 'input.status', 'state']);
  expect(statusOf('first')).toBe('indeterminate');
});

test('[S2] an agent that is gone is not looked for by the next gateway', () => {
  const { worker, restart, store, log } = inTurn();
  worker.exit(1);
  expect(store.worker('s')).toBeUndefined();
  const before = log();
  restart();
  expect(log()).toEqual(before);
});

test('[S2] an agent that ended while there was no gateway is told as such, once', () => {
  const { worker, restart, log } = inTurn();
  restart();
  worker.say(say('last words'));
  worker.exit(1);
  expect(log().slice(-5)).toEqual(['message.delta', 'error', 'done', 'input.status', 'state']);
});

test('[G11] what could not be stored is not taken for stored: the agent is taken over from where the log ends', () => {
  const { worker, restart, store, disk, clock, log } = inTurn();
  worker.state = { offset: 10, memory: 'a' };
  worker.say(say('a'));
  disk.isFull = true;
  worker.state = { offset: 20, memory: 'b' };
  worker.say(say('b'));
  expect(store.worker('s')).toMatchObject({ offset: 10 });
  const before = log();
  restart();
  expect(worker.starts.at(-1)?.adopt).toMatchObject({ offset: 10, memory: 'a' });
  expect(log()).toEqual(before);
  disk.isFull = false;
  clock.advance(1);
});

test('[S4] an agent with background tasks is not idle in the next gateway either', () => {
  const { worker, restart, clock } = inTurn();
  worker.say({ type: 'background.tasks', data: { count: 1 } }, done);
  restart();
  clock.advance(30_000);
  expect(worker.calls).not.toContain('stop');
});

test('[G13] a gateway that stops leaves its agent to the next one if it shall, and hears no more of it', async () => {
  const { worker, session, restart, log } = inTurn();
  worker.say(say('one'));
  const before = log();
  await session.close({ keepAgent: true });
  worker.say(say('not heard'));
  expect(worker.calls).toContain('leave');
  expect(worker.calls).not.toContain('stop');
  expect(log()).toEqual(before);
  expect(restart().record.state).toBe('running');
});

test('[G13] an agent that no gateway could go on with is ended all the same', async () => {
  const { worker, session, last } = inTurn();
  worker.state = undefined;
  worker.say(say('one'));
  await session.close({ keepAgent: true });
  expect(worker.calls).toContain('stop');
  expect(last('done')).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
});

test('[G8] [S6] what another gateway’s agent said is closed honestly in a copy of its database, and nobody touches the agent', () => {
  const { worker, restart, log, reaped, store } = inTurn();
  worker.say(say('one'));
  restart({ isHere: false });
  expect(worker.starts).toHaveLength(1);
  expect(log().slice(-4)).toEqual(['error', 'done', 'input.status', 'state']);
  expect(store.worker('s')).toBeUndefined();
  // The room of processes passes over what is not its own.
  expect(reaped).toEqual([4711]);
});

test('[G8] what did not change is not written again, and is there all the same', () => {
  const { worker, restart, store } = inTurn();
  const memories: unknown[] = [];
  const { commit } = store;
  store.commit = (id, what, now) => {
    if (what.worker) memories.push(what.worker.memory);
    commit(id, what, now);
  };
  worker.state = { offset: 10, memory: 'same' };
  worker.say(say('a'));
  worker.state = { offset: 20, memory: 'same' };
  worker.say(say('b'));
  expect(memories).toEqual([expect.stringContaining('same'), undefined]);
  restart();
  expect(worker.starts.at(-1)?.adopt).toMatchObject({ offset: 20, memory: 'same' });
});

test('[S4] an agent that had begun to speak may be silent as long in the next gateway as before', async () => {
  const { worker, restart, clock } = inTurn();
  worker.say(say('now a tool that takes long'));
  restart();
  clock.advance(9_999);
  expect(worker.calls).not.toContain('stop');
  clock.advance(1);
  expect(worker.calls).toContain('stop');
});

test('[S4] one that had said nothing has the time for its first word anew', () => {
  const { worker, session, restart, clock } = inTurn();
  session.rename('something else that is logged');
  worker.say();
  restart();
  clock.advance(5_000);
  expect(worker.calls).toContain('stop');
});

test('[G11] [G5] [S6] on a full disk the turn that cannot be gone on with is closed as soon as there is room', () => {
  const { worker, restart, disk, clock, log, statusOf } = inTurn();
  worker.state = undefined;
  worker.say(say('one'));
  disk.isFull = true;
  const session = restart();
  const send = () => session.prompt({ inputId: 'b', content: 'b', author: 'me' });
  expect(send).toThrowError(expect.objectContaining({ code: 'GATEWAY_OVERLOAD' }));
  disk.isFull = false;
  clock.advance(1_000);
  expect(log().slice(-4)).toEqual(['error', 'done', 'input.status', 'state']);
  expect(statusOf('first')).toBe('indeterminate');
  expect(send().duplicate).toBe(false);
});

test('[G8] [G12] what another version wrote down of an agent is no reason for a turn without an end', () => {
  for (const memory of ['{"of":"another version"}', 'no JSON']) {
    const { worker, restart, store, last } = inTurn();
    worker.say(say('one'));
    const record = store.worker('s');
    if (record) store.commit('s', { worker: { ...record, memory } }, 0);
    restart();
    // The adapter refuses what it cannot read, and ends the process.
    expect(worker.starts.at(-1)?.adopt).toMatchObject({ process: { pid: 4711 }, memory: undefined });
    worker.exit(1);
    expect(last('done')).toMatchObject({ success: false });
  }
});

test('[G5] [I2] a prompt handed over of which the agent knows nothing has an end although nothing waits behind it', () => {
  const { worker, session, restart, clock, statusOf } = inTurn();
  session.prompt({ inputId: 'b', content: 'b', author: 'me', delivery: 'steer' });
  restart();
  worker.say(done);
  clock.advance(500);
  expect(statusOf('b')).toBe('indeterminate');
});

test('[I3] [I2] a prompt that was to interrupt the turn interrupts it in the next gateway', async () => {
  const { worker, session, restart, clock, statusOf } = inTurn();
  session.prompt({ inputId: 'b', content: 'b', author: 'me', delivery: 'interrupt' });
  // The gateway died before the agent heard of it.
  worker.calls.length = 0;
  restart();
  expect(worker.calls).toEqual(['interrupt']);
  clock.advance(500);
  await new Promise(setImmediate);
  expect(worker.calls).toEqual(['interrupt', 'stop', 'prompt b']);
  expect(statusOf('b')).toBe('delivered');
});

test('[G15] [P3] a deadline is not put off by a clock that was set back', () => {
  const { worker, restart, clock } = inTurn();
  worker.say(ask);
  const session = restart({ now: clock.now() - 3_600_000 });
  clock.advance(1_000);
  expect(session.pending).toHaveLength(0);
  expect(worker.calls.at(-1)).toBe('respond permission false');
});

test('[E3] how long a turn took is not told by a gateway that has not seen its beginning', () => {
  const { worker, restart, clock, last } = inTurn();
  worker.say(say('one'));
  clock.advance(5_000);
  restart();
  worker.exit(1);
  expect(last('done').stats.duration_ms).toBeNull();
});

test('[G8] no agent takes up a conversation while one of which nothing was written down may still be in it', async () => {
  const { worker, session, restart, swept } = inTurn();
  worker.state = undefined;
  worker.say(say('one'));
  session.prompt({ inputId: 'b', content: 'b', author: 'me' });
  restart();
  expect(worker.calls).toEqual(['prompt first']);
  swept.resolve();
  await new Promise(setImmediate);
  expect(worker.calls).toEqual(['prompt first', 'prompt b']);
});
