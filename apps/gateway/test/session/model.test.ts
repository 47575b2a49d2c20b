import { canMove, isActive, type SessionState } from '@hotplex/aep-protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import type { Session } from '../../src/session/session.ts';
import type { EventRecord } from '../../src/store/store.ts';
import { openSession, settling } from './open-session.ts';

type World = ReturnType<typeof openSession> & {
  /** Of the gateway that runs now. */
  now: Session;
  count: number;
  asked: string[];
};
type Command = (world: World) => unknown;

const runs = Number(process.env.HOTPLEX_MODEL_RUNS ?? (settling.isLate ? 100 : 400));
const ends: Record<string, readonly string[]> = {
  queued: ['queued', 'delivered', 'cancelled', 'indeterminate', 'done', 'failed'],
  delivered: ['done', 'failed', 'indeterminate'],
};

/** A command that prints as what it does, so that a counterexample can be read. */
const named = (name: string, run: Command): Command =>
  Object.assign(run, { [fc.toStringMethod]: () => name, toString: () => name });

/** What a client asks for may be refused, in words; whatever else is thrown is a failure. */
function ask(request: () => unknown): void {
  try {
    request();
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code === 'INTERNAL_ERROR') throw error;
  }
}

const prompts = fc.constantFrom('queue', 'steer', 'interrupt', 'reject').map((delivery) =>
  named(`prompt ${delivery}`, (world) => {
    const inputId = `i${++world.count}`;
    ask(() => world.now.prompt({ inputId, content: inputId, author: 'me', delivery }));
  }),
);
const repeats = fc.nat(5).map((back) =>
  named(`repeat ${back}`, (world) => {
    const inputId = `i${Math.max(1, world.count - back)}`;
    ask(() => world.now.prompt({ inputId, content: inputId, author: 'me' }));
  }),
);
const words = fc.constantFrom<Command>(
  named('text', ({ worker }) =>
    worker.say({ type: 'message.delta', data: { message_id: 'm', content: 'x' } }),
  ),
  named('done', ({ worker }) => worker.say({ type: 'done', data: { success: true } })),
  named('failed', ({ worker }) => worker.say({ type: 'done', data: { success: false } })),
  named('asks', (world) => {
    const id = `p${++world.count}`;
    world.asked.push(id);
    world.worker.say({ type: 'permission_request', data: { id, tool_name: 'Bash' } });
  }),
  named('withdraws', ({ worker, asked }) => {
    const id = asked.at(-1);
    if (id) worker.say({ type: 'interaction.withdrawn', data: { id } });
  }),
  named('takes what was steered', ({ worker, count }) =>
    worker.say({ type: 'input.taken', data: { input_id: `i${count}` } }),
  ),
  named('begins a turn of its own', ({ worker, count }) =>
    worker.say({ type: 'turn.started', data: { input_ids: [`i${count}`] } }),
  ),
  named('says its session', ({ worker }) => worker.say({ type: 'worker.session', data: { id: 'n' } })),
  named('crashes', ({ worker }) => worker.exit(1)),
);
const requests = fc.constantFrom<Command>(
  named('allow', (world) => {
    const id = world.asked.at(-1);
    if (id) ask(() => world.now.respond({ kind: 'permission', id, allowed: true }, 'me'));
  }),
  named('interrupt', ({ now }) => ask(() => now.interrupt())),
  named('cancel', ({ now, count }) => ask(() => now.cancelInput(`i${count}`))),
  named('edit', ({ now, count }) => ask(() => now.editInput(`i${count}`, 'edited'))),
  named('terminate', ({ now }) => now.terminate('client_kill').catch(refusal)),
  named('reset', ({ now }) => now.reset().catch(refusal)),
);
const worlds = fc.constantFrom<Command>(
  named('the disk is full', ({ disk }) => {
    disk.isFull = true;
  }),
  named('the disk has room', ({ disk }) => {
    disk.isFull = false;
  }),
  named('a second passes', ({ clock }) => clock.advance(1_000)),
  named('a minute passes', ({ clock }) => clock.advance(60_000)),
  named('the agent can be taken over', ({ worker, count }) => {
    worker.state = { offset: count, memory: null };
  }),
  named('the agent cannot be taken over', ({ worker }) => {
    worker.state = undefined;
  }),
  named('the gateway dies and another starts', async (world) => {
    const next = world.revive({ processes: { has: () => true, reap: async () => world.worker.exit(0) } });
    next.recover(Promise.resolve());
    world.now = next;
  }),
);
const commands = fc.oneof(
  { weight: 4, arbitrary: prompts },
  { weight: 1, arbitrary: repeats },
  { weight: 6, arbitrary: words },
  { weight: 3, arbitrary: requests },
  { weight: 2, arbitrary: worlds },
);

function refusal(error: unknown): void {
  if (!(error instanceof GatewayError) || error.code === 'INTERNAL_ERROR') throw error;
}

/** What holds after each step, whatever it was. */
function check({ store, worker, told }: World): void {
  const log = store.events('s', 0, 100_000);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  expect(told).toEqual(log);
  checkStates(log);
  checkTurns(log);
  checkInputs(log, worker.calls);
  checkDecisions(log);
}

const dataOf = ({ data }: EventRecord) => JSON.parse(data) as Record<string, string>;

function checkStates(log: readonly EventRecord[]): void {
  let state: SessionState = 'created';
  for (const event of log.filter(({ type }) => type === 'state')) {
    const next = dataOf(event).state as SessionState;
    if (next !== state) expect(canMove(state, next), `${state} → ${next}`).toBe(true);
    state = next;
  }
}

function checkTurns(log: readonly EventRecord[]): void {
  const over = new Set<string>();
  let open: string | null = null;
  for (const event of log) {
    const { type, turnId } = event;
    if (type === 'state' && dataOf(event).state === 'running') {
      expect(open, 'a turn begins within another').toBeNull();
      open = turnId;
    }
    if (type === 'done') {
      expect(turnId).toBe(open);
      if (turnId) over.add(turnId);
      open = null;
    } else if (turnId && type !== 'input.status')
      expect(over.has(turnId), `${type} after the end of its turn`).toBe(false);
  }
}

function checkInputs(log: readonly EventRecord[], calls: readonly string[]): void {
  const statuses = new Map<string, string>();
  for (const event of log) {
    const { input_id: id = '', status = '' } = dataOf(event);
    if (event.type === 'input') statuses.set(id, 'queued');
    if (event.type !== 'input.status') continue;
    const before = statuses.get(id) ?? 'nothing';
    expect(ends[before]?.includes(status), `${id}: ${before} → ${status}`).toBe(true);
    statuses.set(id, status);
  }
  const given = calls.filter((call) => /^(prompt|steer) i\d+$/.test(call)).map((call) => call.split(' ')[1]);
  expect(new Set(given).size, `given twice: ${given}`).toBe(given.length);
}

function checkDecisions(log: readonly EventRecord[]): void {
  const open = new Set<string>();
  for (const event of log) {
    const { id = '' } = dataOf(event);
    if (event.type === 'permission_request') open.add(id);
    if (event.type === 'permission.resolved') expect(open.delete(id), `${id} decided twice`).toBe(true);
    if (event.type === 'done') expect([...open], 'asked in a turn that is over').toEqual([]);
  }
}

/** Whatever happened, in the end everything has an end. */
async function settle(world: World): Promise<void> {
  world.disk.isFull = false;
  for (let step = 0; step < 200; step++) {
    world.clock.advance(10_000);
    await new Promise(setImmediate);
    world.worker.say({ type: 'done', data: { success: true } });
    const open = world.store.inputs('s', ['queued', 'delivered']);
    if (!isActive(world.now.record.state) || (!world.now.record.turn && open.length === 0)) break;
  }
  check(world);
  expect(world.now.record.turn).toBeNull();
  expect(world.store.inputs('s', ['queued', 'delivered']).map(({ inputId }) => inputId)).toEqual([]);
}

test('[S1] [S2] [I1] [I2] [E4] [R1] [R2] whatever is asked, said and broken in whatever order, the log is true', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(commands, { maxLength: 60, size: 'max' }), async (steps) => {
      const base = openSession();
      const world: World = Object.assign(base, { now: base.session, count: 0, asked: [] });
      for (const step of steps) {
        await step(world);
        await Promise.resolve();
        check(world);
      }
      await settle(world);
    }),
    { numRuns: runs },
  );
}, 3_600_000);
