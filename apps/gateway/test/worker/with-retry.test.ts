import { describe, expect, test } from 'vitest';
import { createIds } from '../../src/ground/ids.ts';
import { withRetry } from '../../src/worker/with-retry.ts';
import type { Exit, Worker, WorkerEvent, WorkerState } from '../../src/worker/worker.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

const stats = (output: number | null, stop_reason: string) => ({
  ...{ duration_ms: 10, time_to_first_token_ms: null, tool_calls: 0, input_tokens: null },
  ...{ output_tokens: output, cache_read_tokens: null, cache_write_tokens: null, total_tokens: null },
  ...{ cost_usd: null, model: 'm', context_used_percent: null, stop_reason },
});
const overload = {
  type: 'error',
  data: { code: 'INTERNAL_ERROR', message: 'Overloaded', details: { status: 529 } },
} as const;
const failed = { type: 'done', data: { success: false, stats: stats(1, 'error') } } as const;
const done = { type: 'done', data: { success: true, stats: stats(2, 'end_turn') } } as const;

const process = { pid: 1, startTime: '1', mark: 'mark', folder: '/nowhere' };

/** A worker in a turn; or one that an earlier gateway left in it. */
function setUp(
  clock = createManualClock(),
  adopt?: WorkerState,
  onTold: (worker: Worker) => void = () => {},
) {
  const agent = createScriptedWorker();
  const told: WorkerEvent[] = [];
  const exits: Exit[] = [];
  const limits = { attempts: 2, minMs: 1_000, maxMs: 60_000, prompt: 'Continue.' };
  const start = withRetry(agent.definition.start, {
    ...{ clock, ids: createIds(), random: () => 1 },
    ...limits,
  });
  const worker = start(
    { workDir: '/', config: {}, ...(adopt && { adopt }) },
    {
      onEvents(events) {
        told.push(...events);
        onTold(worker);
      },
      onExit: (exit) => void exits.push(exit),
    },
  );
  if (!adopt) worker.prompt({ inputId: 'a', content: 'hello' });
  const kinds = () => told.map(({ type }) => type);
  return { clock, agent, worker, told, exits, kinds };
}

test('an overload is waited out: a notice, one turn, the figures of both runs', () => {
  const { clock, agent, told, kinds } = setUp();
  agent.say(overload);
  agent.say(failed);
  expect(told).toMatchObject([
    {
      type: 'worker.notice',
      data: {
        kind: 'retry',
        message: 'Overloaded; trying again in 1.0 s (1 of 2)',
        details: { attempt: 1, max_retries: 2, retry_delay_ms: 1_000, code: 'INTERNAL_ERROR' },
      },
    },
  ]);
  clock.advance(999);
  expect(agent.calls).toEqual(['prompt hello']);
  clock.advance(1);
  expect(agent.calls).toEqual(['prompt hello', 'prompt Continue.']);
  agent.say(done);
  expect(kinds()).toEqual(['worker.notice', 'done']);
  expect(told.at(-1)).toMatchObject({
    data: { success: true, stats: { duration_ms: 20, output_tokens: 3, input_tokens: null } },
  });
});

test('waits double, and when no attempt is left the failure is told once', () => {
  const { clock, agent, kinds, told } = setUp();
  agent.say(overload, failed);
  clock.advance(1_000);
  agent.say(overload, failed);
  clock.advance(1_999);
  expect(agent.prompts).toHaveLength(2);
  clock.advance(1);
  agent.say(overload, failed);
  expect(kinds()).toEqual(['worker.notice', 'worker.notice', 'error', 'done']);
  expect(told.at(-1)).toMatchObject({ data: { success: false, stats: { output_tokens: 3 } } });
  clock.advance(600_000);
  expect(agent.prompts).toHaveLength(3);
});

test('the next turn has all attempts again', () => {
  const { clock, agent, worker, kinds } = setUp();
  agent.say(overload, failed);
  clock.advance(1_000);
  agent.say(done);
  worker.prompt({ inputId: 'b', content: 'more' });
  agent.say(overload, failed);
  expect(kinds().at(-1)).toBe('worker.notice');
});

test.each([
  ['wrong credentials', { code: 'UNAUTHORIZED', message: 'x', details: { status: 401 } }],
  ['a bad request', { code: 'INTERNAL_ERROR', message: 'x', details: { status: 400 } }],
  ['an unknown failure', { code: 'INTERNAL_ERROR', message: 'x' }],
  [
    'a quota that is back long after the last wait',
    { code: 'RATE_LIMITED', message: 'x', details: { resets_at: new Date(100_000_000).toISOString() } },
  ],
] as const)('%s is told at once', (_, data) => {
  const { agent, kinds } = setUp();
  agent.say({ type: 'error', data }, failed);
  expect(kinds()).toEqual(['error', 'done']);
});

test('a failure after which the agent goes on by itself is told where it stood', () => {
  const { agent, kinds } = setUp();
  agent.say(overload, { type: 'message.start', data: { id: 'm', role: 'assistant', content_type: 'text' } });
  agent.say(done);
  expect(kinds()).toEqual(['error', 'message.start', 'done']);
});

test('an interrupt ends the wait and the turn', () => {
  const { clock, agent, worker, kinds, told } = setUp();
  agent.say(overload, failed);
  worker.interrupt();
  expect(kinds()).toEqual(['worker.notice', 'done']);
  expect(told.at(-1)).toMatchObject({ data: { success: false, stats: { stop_reason: 'interrupted' } } });
  clock.advance(600_000);
  expect(agent.calls).toEqual(['prompt hello']);
  worker.prompt({ inputId: 'b', content: 'b' });
  worker.interrupt();
  expect(agent.calls).toEqual(['prompt hello', 'prompt b', 'interrupt']);
});

test('what a person says during the wait is said instead of our word', () => {
  const { clock, agent, worker, told } = setUp();
  agent.say(overload, failed);
  worker.steer?.({ inputId: 'b', content: 'never mind' });
  expect(agent.prompts).toMatchObject([{ inputId: 'a' }, { inputId: 'b', content: 'never mind' }]);
  expect(told.at(-1)).toEqual({ type: 'input.taken', data: { input_id: 'b' } });
  clock.advance(600_000);
  expect(agent.prompts).toHaveLength(2);
});

test('a turn the agent begins during the wait is a turn of its own', () => {
  const { clock, agent, kinds } = setUp();
  agent.say(overload, failed);
  agent.say({ type: 'turn.started', data: { input_ids: [] } }, done);
  expect(kinds()).toEqual(['worker.notice', 'error', 'done', 'turn.started', 'done']);
  clock.advance(600_000);
  expect(agent.prompts).toHaveLength(1);
});

test('an exit during the wait tells the failure; stop tells nothing more', async () => {
  const crashed = setUp();
  crashed.agent.say(overload, failed);
  crashed.agent.exit(1);
  expect(crashed.kinds()).toEqual(['worker.notice', 'error']);
  expect(crashed.exits).toHaveLength(1);
  const stopped = setUp();
  stopped.agent.say(overload, failed);
  await stopped.worker.stop();
  stopped.clock.advance(600_000);
  expect(stopped.agent.calls).toEqual(['prompt hello', 'stop']);
});

test.each([
  ['before', 'interrupt', 'error'],
  ['after', 'error', 'interrupt'],
])('[S2] an interrupt just %s the overload is the end of the turn', (_, ...order) => {
  const { clock, agent, worker, kinds } = setUp();
  for (const what of order) {
    if (what === 'error') agent.say(overload);
    else worker.interrupt();
  }
  agent.say(failed);
  clock.advance(60_000);
  expect(kinds()).toEqual(['error', 'done']);
  expect(agent.prompts).toHaveLength(1);
});

test('the turn after an interrupted one is tried again as ever', () => {
  const { clock, agent, worker } = setUp();
  worker.interrupt();
  agent.say(failed);
  worker.prompt({ inputId: 'b', content: 'again' });
  agent.say(overload, failed);
  clock.advance(1_000);
  expect(agent.calls.at(-1)).toBe('prompt Continue.');
});

describe('with the next gateway', () => {
  /** A worker that is gone on with from what the last one saved. */
  function goOn({ agent, worker }: ReturnType<typeof setUp>, wall: number) {
    const adopt = JSON.parse(JSON.stringify(worker.save?.()));
    const next = setUp(createManualClock(wall), adopt);
    return { ...next, adopt, told: next.told, before: agent };
  }

  function waiting() {
    const first = setUp();
    first.agent.state = { offset: 7, memory: 'of the agent' };
    first.agent.say(overload, failed);
    return first;
  }

  test('[G8] the wait goes on to where it would have ended, and the turn has the figures of all runs', () => {
    const first = waiting();
    first.clock.advance(400);
    const { agent, clock, told, adopt } = goOn(first, 1_000_700);
    expect(adopt).toMatchObject({ offset: 7, memory: { worker: 'of the agent' } });
    expect(agent.starts[0]?.adopt).toMatchObject({ offset: 7, memory: 'of the agent' });
    clock.advance(299);
    expect(agent.prompts).toEqual([]);
    clock.advance(1);
    expect(agent.prompts).toMatchObject([{ content: 'Continue.' }]);
    agent.say(done);
    expect(told).toMatchObject([{ type: 'done', data: { success: true, stats: { output_tokens: 3 } } }]);
  });

  test('[G8] a wait that is over ends at once, one that a clock moved into the future ends in time', () => {
    const late = goOn(waiting(), 2_000_000);
    late.clock.advance(0);
    expect(late.agent.prompts).toHaveLength(1);
    const early = goOn(waiting(), 0);
    early.clock.advance(60_000);
    expect(early.agent.prompts).toHaveLength(1);
  });

  test('[G13] [G8] who leaves the agent to the next gateway leaves it the rest of the wait too: it is tried again once', () => {
    const first = waiting();
    first.worker.leave?.();
    first.clock.advance(60_000);
    expect(first.agent.prompts.map(({ content }) => content)).toEqual(['hello']);
    const { agent, clock } = goOn(first, 1_001_000);
    clock.advance(0);
    expect(agent.prompts).toMatchObject([{ content: 'Continue.' }]);
  });

  test('[G8] attempts that were made count, and the failure is told when none is left', () => {
    const first = waiting();
    first.clock.advance(1_000);
    first.agent.say(overload, failed);
    const { agent, clock, told } = goOn(first, 1_001_000);
    clock.advance(2_000);
    agent.say(overload, failed);
    expect(told.map(({ type }) => type)).toEqual(['error', 'done']);
  });

  test('[G8] an interrupt that was asked for is remembered', () => {
    const first = setUp();
    first.agent.state = { offset: 0, memory: null };
    first.worker.interrupt();
    const { agent, told } = goOn(first, 1_000_000);
    agent.say(overload, failed);
    expect(told.map(({ type }) => type)).toEqual(['error', 'done']);
  });

  test('[G8] while its own prompt is on the way nobody can go on, before and after it anybody can', () => {
    const saved: (string | undefined)[] = [];
    const first = setUp(createManualClock(), undefined, (worker) => {
      saved.push(worker.save?.() === undefined ? 'nothing' : `after ${first.agent.prompts.length}`);
    });
    first.agent.state = { offset: 0, memory: null };
    first.agent.say(overload, failed);
    first.clock.advance(1_000);
    expect(saved).toEqual(['after 1', 'nothing', 'after 2']);
    expect(first.told.map(({ type }) => type)).toEqual(['worker.notice']);
  });

  test('[G8] what cannot be read is left to the worker to refuse', () => {
    const { agent } = setUp(createManualClock(), { process, offset: 0, memory: { trial: 'of tomorrow' } });
    expect(agent.starts[0]?.adopt).toEqual({ process, offset: 0, memory: undefined });
  });

  test('[G8] a worker that says its state has changed is heard', () => {
    let heard = 0;
    const { agent } = setUp(createManualClock(), undefined, () => {
      heard += 1;
    });
    agent.say();
    expect(heard).toBe(1);
  });
});
