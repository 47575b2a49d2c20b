import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { Follower, type Node, openCluster } from './open-cluster.ts';

type World = ReturnType<typeof openCluster> & {
  /** The node that has the session, and those that had it. */
  now: Node;
  nodes: Node[];
  followers: Follower[];
  count: number;
  asked: string[];
};
type Command = (world: World) => unknown;

const runs = Number(process.env.HOTPLEX_MODEL_RUNS ?? 300);

/** A command that prints as what it does, so that a counterexample can be read. */
const named = (name: string, run: Command): Command =>
  Object.assign(run, { [fc.toStringMethod]: () => name, toString: () => name });

/** What a client asks for may be refused, in words; whatever else is thrown is a failure. */
function ask(request: () => unknown): void {
  try {
    request();
  } catch (error) {
    refusal(error);
  }
}

function refusal(error: unknown): void {
  if (!(error instanceof GatewayError) || error.code === 'INTERNAL_ERROR') throw error;
}

const text = { type: 'message.delta', data: { message_id: 'm', content: 'x' } } as const;
const done = { type: 'done', data: { success: true } } as const;

/** On the node that has the session, or on one that may not know that it has it no more. */
const anywhere = (name: string, run: (node: Node, world: World) => unknown) =>
  fc
    .nat(2)
    .map((back) => named(`${name} (${back})`, (world) => run(world.nodes.at(-1 - back) ?? world.now, world)));

const prompts = fc.constantFrom('queue', 'steer', 'interrupt').chain((delivery) =>
  anywhere(`prompt ${delivery}`, ({ session }, world) => {
    const inputId = `i${++world.count}`;
    ask(() => session.prompt({ inputId, content: inputId, author: 'me', delivery }));
  }),
);
const words = fc.oneof(
  anywhere('text', ({ worker }) => worker.say(text)),
  anywhere('done', ({ worker }) => worker.say(done)),
  anywhere('asks', ({ worker }, world) => {
    const id = `p${++world.count}`;
    world.asked.push(id);
    worker.say({ type: 'permission_request', data: { id, tool_name: 'Bash' } });
  }),
  anywhere('takes what was steered', ({ worker }, { count }) =>
    worker.say({ type: 'input.taken', data: { input_id: `i${count}` } }),
  ),
  anywhere('crashes', ({ worker }) => worker.exit(1)),
);
const requests = fc.oneof(
  anywhere('allow', ({ session }, { asked }) => {
    const id = asked.at(-1);
    if (id) ask(() => session.respond({ kind: 'permission', id, allowed: true }, 'me'));
  }),
  anywhere('interrupt', ({ session }) => ask(() => session.interrupt())),
  anywhere('cancel', ({ session }, { count }) => ask(() => session.cancelInput(`i${count}`))),
  anywhere('edit', ({ session }, { count }) => ask(() => session.editInput(`i${count}`, 'edited'))),
  anywhere('terminate', ({ session }) => void session.terminate('client_kill').catch(refusal)),
  anywhere('a client comes', ({ session }, { followers }) => {
    const follower = new Follower();
    follower.follow(session);
    followers.push(follower);
  }),
);
const answers = fc
  .constantFrom('stored', 'stored', 'stored', 'failed', 'stored and lost')
  .map((how) => named(`the database: ${how}`, ({ hand }) => hand.answer(how)));
const worlds = fc.constantFrom<Command>(
  named('a second passes', ({ clock }) => clock.advance(1_000)),
  named('the node dies', (world) => {
    world.now.life.isOver = true;
    moveOn(world);
  }),
  named('another node takes it', moveOn),
);
const commands = fc.oneof(
  { weight: 4, arbitrary: prompts },
  { weight: 6, arbitrary: words },
  { weight: 3, arbitrary: requests },
  { weight: 8, arbitrary: answers },
  { weight: 2, arbitrary: worlds },
);

function moveOn(world: World): void {
  if (!world.shared.find('s')) return;
  world.now = world.takeOver();
  world.nodes.push(world.now);
  for (const follower of world.followers) follower.follow(world.now.session);
}

/** Whatever was seen is a beginning of what the shared log has. */
function check({ shared, followers, nodes }: World): void {
  const log = shared.events('s', 0, 100_000);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  for (const { heard } of followers) expect(log.slice(0, heard.length)).toEqual(heard);
  for (const { session } of nodes) {
    const { lastSeq } = session.record;
    expect(lastSeq).toBeLessThanOrEqual(log.length);
    for (const { inputId } of session.queue) expect(shared.input('s', inputId)).toBeDefined();
    for (const { id } of session.pending) expect(shared.interaction('s', id)).toBeDefined();
  }
}

/** In the end the node that has it has told everything. */
async function settle(world: World): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    world.clock.advance(1_000);
    await new Promise(setImmediate);
    await world.hand.answer();
    if (world.now.life.isOver) moveOn(world);
    world.now.worker.say(done);
    check(world);
  }
  const log = world.shared.events('s', 0, 100_000);
  const follower = new Follower();
  follower.follow(world.now.session);
  expect([follower.heard, world.followers[0]?.heard]).toEqual([log, log]);
}

test('[R1] [R2] [I2] [G8] whoever saw something finds it in the shared log, whichever node dies or is robbed of the session when', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(commands, { maxLength: 50, size: 'max' }), async (steps) => {
      const base = openCluster();
      const now = base.begin();
      const follower = new Follower();
      follower.follow(now.session);
      const world: World = Object.assign(base, {
        now,
        nodes: [now],
        followers: [follower],
        count: 0,
        asked: [],
      });
      for (const step of steps) {
        await step(world);
        await Promise.resolve();
        check(world);
      }
      await settle(world);
    }),
    { numRuns: runs },
  );
}, 600_000);
