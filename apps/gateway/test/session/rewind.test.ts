import { beforeEach, expect, test } from 'vitest';
import { openSession } from './open-session.ts';

let world: ReturnType<typeof openSession>;
beforeEach(() => {
  world = openSession();
});

/** A turn that ends at this point of the agent's conversation; its id. */
function turn(name: string, point?: string): string {
  world.session.prompt({ inputId: name, content: name, author: 'me' });
  const id = world.session.record.turn?.id ?? '';
  const [session = ''] = point?.split('#') ?? [];
  if (session !== '' && session !== world.session.record.nativeSessionId)
    world.worker.say({ type: 'worker.session', data: { id: session } });
  world.worker.say({ type: 'done', data: { success: true, ...(point === undefined ? {} : { point }) } });
  return id;
}

const refusal = (code: string, reason?: string) =>
  expect.objectContaining({
    code,
    ...(reason === undefined ? {} : { details: expect.objectContaining({ reason }) }),
  });

test('[I5] the agent goes on from where it stood before a turn; what came since stays in the log', async () => {
  turn('a', 'n1#a');
  const second = turn('b', 'n1#b');
  turn('c', 'n1#c');
  const logged = world.told.length;
  expect(await world.session.rewind(second)).toEqual({ point: 'n1#a', turns: 2 });
  expect(world.worker.calls.at(-1)).toBe('stop');
  expect(world.kinds().slice(logged)).toEqual(['session.rewound']);
  expect(world.last('session.rewound')).toEqual({ turn_id: second, turns: 2 });
  turn('d', 'n2#d');
  expect(world.worker.starts.at(-1)).toMatchObject({ fork: 'n1#a' });
  expect(world.worker.starts.at(-1)).not.toHaveProperty('resume');
  expect(world.session.record).toMatchObject({ nativeSessionId: 'n2', forkOf: null });
});

test('[I5] turns that were set aside are not gone back to, and those after them stand on what was before', async () => {
  turn('a', 'n1#a');
  const second = turn('b', 'n1#b');
  await world.session.rewind(second);
  const third = turn('c', 'n2#c');
  const fourth = turn('d', 'n2#d');
  await expect(world.session.rewind(second)).rejects.toThrowError(refusal('INVALID_MESSAGE', 'unknown'));
  expect(await world.session.rewindTo(fourth)).toEqual({ point: 'n2#c', turns: 1 });
  expect(await world.session.rewind(third)).toEqual({ point: 'n1#a', turns: 2 });
});

test('[I5] before its first turn, and after a reset, the agent knows nothing', async () => {
  const first = turn('a', 'n1#a');
  await world.session.reset();
  const second = turn('b', 'n2#b');
  expect(await world.session.rewindTo(second)).toEqual({ point: null, turns: 1 });
  expect(await world.session.rewind(first)).toEqual({ point: null, turns: 2 });
  turn('c');
  expect(world.worker.starts.at(-1)).not.toHaveProperty('fork');
});

test('[I5] where the agent did not say how it stood, there is no way back', async () => {
  turn('a');
  const second = turn('b', 'n1#b');
  const third = turn('c', 'n1#c');
  await expect(world.session.rewind(second)).rejects.toThrowError(refusal('NOT_SUPPORTED', 'unmarked'));
  expect(await world.session.rewindTo(third)).toEqual({ point: 'n1#b', turns: 1 });
  // Somebody cleared its memory: nobody knows when.
  const fourth = turn('d', 'n2#d');
  await expect(world.session.rewind(fourth)).rejects.toThrowError(refusal('NOT_SUPPORTED', 'unmarked'));
});

test('[I5] an agent that cannot be taken back begins anew at most', async () => {
  world = openSession({ rewind: false });
  const first = turn('a');
  const second = turn('b');
  await expect(world.session.rewind(second)).rejects.toThrowError(refusal('NOT_SUPPORTED', 'agent'));
  expect(await world.session.rewind(first)).toEqual({ point: null, turns: 2 });
});

test('[I5] nobody is taken back in the middle of a turn', async () => {
  const first = turn('a', 'n1#a');
  world.session.prompt({ inputId: 'b', content: 'b', author: 'me' });
  await expect(world.session.rewind(first)).rejects.toThrowError(refusal('SESSION_BUSY'));
  expect(world.kinds()).not.toContain('session.rewound');
});

test('[I5] while something is put back no prompt begins and no command either, and then they go on', async () => {
  turn('a', 'n1#a');
  Object.assign(world.worker.definition, { commands: ['compact'] });
  const putBack = Promise.withResolvers<void>();
  const held = world.session.hold(() => putBack.promise);
  world.session.prompt({ inputId: 'b', content: 'b', author: 'me' });
  expect(() => world.session.command({ command: 'compact' })).toThrowError(refusal('SESSION_BUSY'));
  expect(world.session.record.turn).toBeNull();
  putBack.reject(new Error('no disk'));
  await expect(held).rejects.toThrowError('no disk');
  expect(world.worker.prompts.map(({ inputId }) => inputId)).toEqual(['a', 'b']);
});

test('[S6] a gateway that is killed before the next prompt goes on from there all the same', async () => {
  turn('a', 'n1#a');
  const second = turn('b', 'n1#b');
  await world.session.rewind(second);
  const revived = world.revive();
  revived.recover(Promise.resolve());
  revived.prompt({ inputId: 'c', content: 'c', author: 'me' });
  expect(world.worker.starts.at(-1)).toMatchObject({ fork: 'n1#a' });
});
