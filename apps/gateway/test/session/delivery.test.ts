import { expect, test } from 'vitest';
import { openSession } from './open-session.ts';

const done = { type: 'done', data: { success: true } } as const;

function inTurn(capabilities: Parameters<typeof openSession>[0] = {}) {
  const world = openSession(capabilities);
  const send = (inputId: string, delivery?: 'queue' | 'steer' | 'interrupt' | 'reject') =>
    world.session.prompt({ inputId, content: inputId, author: 'me', ...(delivery ? { delivery } : {}) });
  send('first');
  const statusOf = (inputId: string) => world.store.input('s', inputId)?.status;
  return { ...world, send, statusOf };
}

test('[I3] reject: refused while a turn runs, and nothing of it is kept', () => {
  const { send, session, store, worker } = inTurn();
  expect(() => send('b', 'reject')).toThrowError(expect.objectContaining({ code: 'SESSION_BUSY' }));
  expect(store.input('s', 'b')).toBeUndefined();
  expect(session.queue).toEqual([]);
  worker.say(done);
  expect(send('b', 'reject').input.status).toBe('delivered');
});

test('[I3] steer: handed over at once, and belongs to the turn as soon as the agent took it', () => {
  const { send, statusOf, worker, last, session } = inTurn();
  send('b', 'steer');
  expect(worker.calls).toEqual(['prompt first', 'steer b']);
  expect(statusOf('b')).toBe('queued');
  worker.say({ type: 'input.taken', data: { input_id: 'b' } });
  expect(last('input.status')).toEqual({
    input_id: 'b',
    status: 'delivered',
    turn_id: session.record.turn?.id,
  });
  worker.say(done);
  expect([statusOf('first'), statusOf('b')]).toEqual(['done', 'done']);
  expect(worker.prompts).toHaveLength(1);
});

test('[I3] [I1] steer: a prompt that came too late is the agent’s to run, and is not sent again', () => {
  const { send, statusOf, worker, session } = inTurn();
  send('b', 'steer');
  send('c');
  worker.say(done, { type: 'turn.started', data: { input_ids: ['b'] } });
  expect(worker.calls).toEqual(['prompt first', 'steer b']);
  expect([statusOf('b'), statusOf('c'), session.record.state]).toEqual(['delivered', 'queued', 'running']);
  worker.say(done);
  expect(worker.calls.at(-1)).toBe('prompt c');
  expect(statusOf('b')).toBe('done');
});

test('[I3] [I1] steer: with the agent, it can be neither edited nor cancelled', () => {
  const { send, session } = inTurn();
  send('b', 'steer');
  expect(() => session.cancelInput('b')).toThrowError(expect.objectContaining({ code: 'INVALID_MESSAGE' }));
  expect(() => session.editInput('b', 'x')).toThrowError(
    expect.objectContaining({ code: 'INVALID_MESSAGE' }),
  );
});

test('[I3] steer: the queue waits for the agent to begin with it, but not for ever', () => {
  const { send, statusOf, worker, clock } = inTurn();
  send('b', 'steer');
  send('c');
  worker.say(done);
  clock.advance(499);
  expect(worker.calls).toEqual(['prompt first', 'steer b']);
  clock.advance(1);
  expect([statusOf('b'), statusOf('c')]).toEqual(['indeterminate', 'delivered']);
  expect(worker.calls.at(-1)).toBe('prompt c');
});

test('[I2] [S6] steer: what became of it is unknown when the agent or the gateway dies, and it is not sent again', () => {
  const crashed = inTurn();
  crashed.send('b', 'steer');
  crashed.worker.exit(1);
  expect(crashed.statusOf('b')).toBe('indeterminate');
  expect(crashed.worker.calls).toEqual(['prompt first', 'steer b']);
  const killed = inTurn();
  killed.send('b', 'steer');
  killed.revive().recover(Promise.resolve());
  const ended = inTurn();
  ended.send('b', 'steer');
  ended.worker.say(done);
  ended.worker.exit(0);
  expect(ended.statusOf('b')).toBe('indeterminate');
  expect(killed.statusOf('b')).toBe('indeterminate');
});

test('[I3] steer: refused by an agent that cannot, with a word on what to do', () => {
  const { send, store } = inTurn({ steer: false });
  expect(() => send('b', 'steer')).toThrowError(
    expect.objectContaining({ code: 'NOT_SUPPORTED', message: expect.stringContaining('queue it') }),
  );
  expect(store.input('s', 'b')).toBeUndefined();
});

test('[I3] interrupt: the running turn is asked to end, and the prompt comes next', () => {
  const { send, statusOf, worker } = inTurn();
  send('b', 'interrupt');
  expect(worker.calls).toEqual(['prompt first', 'interrupt']);
  worker.say({ type: 'done', data: { success: false } });
  expect([statusOf('first'), statusOf('b')]).toEqual(['failed', 'delivered']);
  expect(worker.calls.at(-1)).toBe('prompt b');
});

test('[S2] a turn that the agent began by itself is a turn like any other', () => {
  const { worker, kinds, session } = inTurn();
  worker.say(done);
  worker.say({ type: 'turn.started', data: { input_ids: [] } });
  expect(session.record.state).toBe('running');
  worker.say(done);
  expect(kinds().filter((kind) => kind === 'done')).toHaveLength(2);
  expect(session.record.state).toBe('idle');
});

test('[S2] a start that is told twice begins one turn', () => {
  const { worker, session } = inTurn();
  const turn = session.record.turn;
  worker.say({ type: 'turn.started', data: { input_ids: ['first'] } });
  expect(session.record.turn).toEqual(turn);
});
