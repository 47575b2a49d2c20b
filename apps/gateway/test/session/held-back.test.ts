import { expect, test } from 'vitest';
import { Follower, openCluster } from './open-cluster.ts';

const text = { type: 'message.delta', data: { message_id: 'm', content: 'x' } } as const;
const done = { type: 'done', data: { success: true } } as const;
const ask = { type: 'permission_request', data: { id: 'p', tool_name: 'Bash' } } as const;
const later = () => new Promise(setImmediate);

/** A session that is there, and of which everything else waits for the database. */
async function open() {
  const cluster = openCluster();
  const node = cluster.begin();
  await Promise.resolve();
  await cluster.hand.answer();
  const follower = new Follower();
  follower.follow(node.session);
  const prompt = (inputId = 'a') => node.session.prompt({ inputId, content: inputId, author: 'me' });
  const heard = () => follower.heard.map(({ type }) => type);
  /** All that is on its way, and what follows from it. */
  const settle = async () => {
    for (await later(); cluster.hand.sent.length > 0; await later()) await cluster.hand.answer();
  };
  return { ...cluster, ...node, follower, heard, prompt, settle };
}

test('[R2] nothing is told, shown or given to the agent before it is in the shared log', async () => {
  const { session, worker, heard, prompt, settle } = await open();
  prompt();
  prompt('b');
  await later();
  expect(heard()).toEqual([]);
  expect(worker.calls).toEqual([]);
  expect(session.record).toMatchObject({ lastSeq: 0, turn: null, state: 'created' });
  expect([session.queue, session.events(0, 10), session.eventsBefore(100, 10)]).toEqual([[], [], []]);
  await settle();
  expect(heard()).toEqual(['input', 'input.status', 'state', 'session.title', 'input']);
  expect(worker.calls).toEqual(['prompt a']);
  expect(session.queue.map(({ inputId }) => inputId)).toEqual(['b']);
  expect(session.events(0, 10)).toHaveLength(5);
});

test('[P1] what an agent asks is shown once it is settled, and for as long as its answer is not', async () => {
  const { session, worker, prompt, settle } = await open();
  prompt();
  await settle();
  worker.say(ask);
  expect(session.pending).toEqual([]);
  await settle();
  session.respond({ kind: 'permission', id: 'p', allowed: true }, 'me');
  expect(session.pending.map(({ id }) => id)).toEqual(['p']);
  expect(worker.calls).toEqual(['prompt a']);
  await settle();
  expect(session.pending).toEqual([]);
  expect(worker.calls).toEqual(['prompt a', 'respond permission true']);
});

test('a prompt that is cancelled, edited or begun shows as it was until that is settled', async () => {
  const { session, worker, clock, prompt, settle } = await open();
  const waiting = () => session.queue.map(({ content }) => content);
  for (const inputId of ['a', 'b', 'c']) {
    prompt(inputId);
    clock.advance(1);
  }
  await settle();
  session.editInput('b', 'better b');
  session.cancelInput('c');
  expect(waiting()).toEqual(['b', 'c']);
  await settle();
  expect(waiting()).toEqual(['better b']);
  worker.say(done);
  expect(waiting()).toEqual(['better b']);
  await settle();
  expect(waiting()).toEqual([]);
});

test('[S4] the turn of a prompt that its agent never got is ended like any other', async () => {
  const { session, worker, clock, prompt, settle, shared } = await open();
  prompt();
  session.interrupt();
  await later();
  clock.advance(500);
  await settle();
  expect(worker.calls).toEqual(['stop']);
  expect(session.record).toMatchObject({ state: 'terminated', turn: null });
  expect(shared.input('s', 'a')?.status).toBe('failed');
});

test('an agent is asked to end only the turn that was meant', async () => {
  const { session, worker, prompt, settle } = await open();
  prompt();
  await settle();
  prompt('b');
  session.interrupt();
  worker.say(done);
  await settle();
  expect(worker.calls).toEqual(['prompt a', 'prompt b']);
});

test('[I2] what was meant for an agent that is gone does not reach the next one', async () => {
  const { session, worker, prompt, settle, shared } = await open();
  prompt();
  await later();
  worker.exit(1);
  session.prompt({ inputId: 'b', content: 'b', author: 'me' });
  await settle();
  expect(worker.calls).toEqual(['prompt b']);
  expect(shared.input('s', 'a')?.status).toBe('failed');
});

test('[C4] an agent that is left to the next gateway first gets what was meant for it', async () => {
  const { session, worker, prompt, settle, shared } = await open();
  worker.state = { offset: 0, memory: 'fresh' };
  prompt();
  await settle();
  worker.say(ask);
  await settle();
  session.respond({ kind: 'permission', id: 'p', allowed: true }, 'me');
  const closed = session.close({ keepAgent: true });
  await settle();
  await closed;
  expect(worker.calls).toEqual(['prompt a', 'respond permission true', 'leave']);
  expect(shared.worker('s')?.turnId).toBe(shared.find('s')?.turn?.id);
});

test('[S2] an agent that says it is done before it got the prompt is done with something else', async () => {
  const { session, worker, prompt, settle } = await open();
  prompt();
  worker.say(done);
  await settle();
  expect(worker.calls).toEqual(['prompt a']);
  expect(session.record.state).toBe('running');
});

test('[G8] until its agent has the prompt the shared database says so', async () => {
  const { worker, prompt, settle, shared, hand, takeOver } = await open();
  worker.state = { offset: 0, memory: 'fresh' };
  prompt();
  worker.say(text);
  await later();
  await hand.answer();
  expect(shared.find('s')?.turn).not.toBeNull();
  expect(shared.worker('s')?.turnId).toBeNull();
  takeOver();
  await settle();
  expect(shared.input('s', 'a')?.status).toBe('indeterminate');
});

test('a request is answered when what it promises is settled', async () => {
  const { session, clock, settle } = await open();
  expect(session.settled()).toBeUndefined();
  session.rename('better');
  const settled = session.settled();
  expect(session.record.title).toBeNull();
  await settle();
  await settled;
  expect(session.record.title).toBe('better');
  session.rename('best');
  const slow = session.settled();
  clock.advance(10_000);
  await expect(slow).rejects.toMatchObject({ code: 'GATEWAY_OVERLOAD' });
});

test('a node that lost a session ends its agent, sends everybody away and forgets it', async () => {
  const { session, worker, follower, heard, prompt, settle, takeOver, local, lost } = await open();
  prompt();
  await settle();
  const before = heard();
  const next = takeOver();
  worker.say(text);
  const asked = session.terminate('x');
  await expect(Promise.all([asked, settle()])).rejects.toMatchObject({ code: 'RECONNECT_REQUIRED' });
  expect(heard()).toEqual(before);
  expect(follower.wasSentAway).toBe(true);
  expect(worker.calls).toEqual(['prompt a', 'stop']);
  expect(local.find('s')).toBeUndefined();
  expect(lost).toEqual(['s']);
  expect(() => prompt('b')).toThrow(expect.objectContaining({ code: 'RECONNECT_REQUIRED' }));
  expect(() => session.touch()).toThrow(expect.objectContaining({ code: 'RECONNECT_REQUIRED' }));
  follower.follow(next.session);
});
