import { loggedEvents } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import type { WorkerCapabilities, WorkerDefinition, WorkerEvent } from '../../src/worker/worker.ts';
import { ofType } from './of-type.ts';
import { RecordedWorker } from './recorded-worker.ts';
import { textOf } from './text-of.ts';

/** An agent installed for one test, with a home and a work dir of its own. */
export interface ContractStage extends AsyncDisposable {
  readonly definition: WorkerDefinition;
  readonly workDir: string;
  /** The process behind a worker that shares one with others, so that it can be killed. */
  sharedPid?(): number;
}

export type WorkerContract = {
  name: string;
  /** What the adapter announces; the suite holds it to that, in both directions. */
  capabilities: WorkerCapabilities;
  setUp: () => Promise<ContractStage>;
  /** What to say so that the agent does the thing. What an agent cannot do at all is left out. */
  prompts: {
    /** Streams exactly this text in several pieces. */
    text: { prompt: string; says: string };
    /** Thinks in one block of several pieces. */
    reasoning?: string;
    /** Calls tools that need no permission. */
    tool: string;
    /** Asks once for permission for a tool call, and can be allowed for the session. */
    permission?: string;
    /** Asks one or more questions with options. */
    question?: string;
    /** Streams some text, or calls a tool where the agent streams none, and does not end by itself. */
    endless: string;
    /** Streams some text and ends once a prompt was steered into it. */
    steerable?: string;
    /** Makes it remember `fact`, which `recall` makes it say again. */
    memory: { remember: string; recall: string; fact: string };
    /** Makes the process end in the middle of a turn. */
    crash?: { prompt: string; code: number; stderr: string };
  };
};

const figures = [
  ...['duration_ms', 'time_to_first_token_ms', 'tool_calls', 'input_tokens', 'output_tokens'],
  ...['cache_read_tokens', 'cache_write_tokens', 'total_tokens', 'cost_usd', 'context_used_percent'],
] as const;

/** The suite that every adapter passes, whatever the agent behind it. */
export function workerContract({ name, capabilities, setUp, prompts }: WorkerContract): void {
  const hot = capabilities.process === 'hot';
  const { text, reasoning, tool, permission, question, endless, steerable, memory, crash } = prompts;

  /** The first sign of life of the endless turn. */
  const sign = capabilities.supports_delta ? 'message.delta' : 'tool_call';

  /** Starts the agent, plays the scene, and stops the agent whatever happened. */
  async function play(scene: (agent: RecordedWorker, stage: ContractStage) => Promise<void>): Promise<void> {
    await using stage = await setUp();
    await using agent = new RecordedWorker(stage.definition, stage);
    await scene(agent, stage);
  }

  describe(`${name}: what it announces`, () => {
    test('[H4] is what its definition says and what this suite has a scene for', () =>
      play(async (_, { definition }) => {
        expect(definition.capabilities).toEqual(capabilities);
        expect({
          supports_reasoning: reasoning !== undefined,
          supports_permission: permission !== undefined,
          supports_question: question !== undefined,
          steer: steerable !== undefined,
        }).toEqual({
          supports_reasoning: capabilities.supports_reasoning,
          supports_permission: capabilities.supports_permission,
          supports_question: capabilities.supports_question,
          steer: capabilities.steer,
        });
      }));
  });

  describe(`${name}: turns`, () => {
    test('[E2] streams text in order and once, as start, deltas and end of one block', () =>
      play(async (agent) => {
        const turn = await agent.turn(text.prompt);
        expectClosedBlocks(turn);
        expect(ofType(turn, 'message.delta').length > 1).toBe(capabilities.supports_delta);
        expect(textOf(turn)).toBe(text.says);
      }));

    test('[S2] each prompt ends in exactly one done, on one process where the agent is hot', () =>
      play(async (agent) => {
        const turns = [await agent.turn(text.prompt)];
        const { pid } = agent.worker;
        turns.push(await agent.turn(tool), await agent.turn(text.prompt));
        if (hot) expect(agent.worker.pid).toBe(pid);
        await agent.worker.stop();
        expect(turns.map((turn) => ofType(turn, 'done').length)).toEqual([1, 1, 1]);
        expect(agent.all('done').map(({ data }) => data.success)).toEqual([true, true, true]);
        expect(agent.all('turn.started')).toEqual([]);
      }));

    test('[E3] done carries every figure: a number that was measured, or null', () =>
      play(async (agent) => {
        const turn = await agent.turn(tool);
        const stats = ofType(turn, 'done')[0]?.data.stats;
        expect(Object.keys(stats ?? {})).toEqual(
          expect.arrayContaining([...figures, 'model', 'stop_reason']),
        );
        for (const figure of figures) {
          const value = stats?.[figure];
          expect(value === null || (typeof value === 'number' && value >= 0), `${figure}: ${value}`).toBe(
            true,
          );
        }
        expect(stats?.tool_calls).toBe(ofType(turn, 'tool_call').length);
      }));

    test('[E1] says nothing but what the protocol has words for, in their shape', () =>
      play(async (agent) => {
        const turns = [await agent.turn(text.prompt), await agent.turn(tool)];
        if (reasoning !== undefined) turns.push(await agent.turn(reasoning));
        for (const event of turns.flat()) expectShape(event);
      }));

    test('[E2] a tool result names a call that was made, and every call gets one', () =>
      play(async (agent) => {
        const turn = await agent.turn(tool);
        const calls = ofType(turn, 'tool_call').map(({ data }) => data.id);
        expect(calls.length).toBeGreaterThan(0);
        expect(new Set(calls).size).toBe(calls.length);
        expect(
          ofType(turn, 'tool_result')
            .map(({ data }) => data.id)
            .sort(),
        ).toEqual(calls.toSorted());
        for (const [index, event] of turn.entries()) {
          if (event.type !== 'tool_result' && event.type !== 'tool_update') continue;
          const made = ofType(turn.slice(0, index), 'tool_call').map(({ data }) => data.id);
          expect(made).toContain(event.data.id);
        }
      }));

    if (reasoning !== undefined) {
      test('[E2] the pieces of one block of reasoning share one id', () =>
        play(async (agent) => {
          const pieces = ofType(await agent.turn(reasoning), 'reasoning');
          expect(pieces.length).toBeGreaterThan(1);
          expect(new Set(pieces.map(({ data }) => data.id)).size).toBe(1);
        }));
    }
  });

  describe(`${name}: interrupt and steer`, () => {
    test('[I5] an interrupt in the middle of text ends the turn and keeps the process', () =>
      play(async (agent) => {
        const { from } = agent.prompt(endless);
        await agent.next(sign, from);
        const { pid } = agent.worker;
        agent.worker.interrupt();
        const turn = await agent.turnFrom(from);
        expectClosedBlocks(turn);
        expectInterrupted(turn);
        expect(textOf(await agent.turn(text.prompt))).toBe(text.says);
        if (hot) expect(agent.worker.pid).toBe(pid);
        expect(agent.all('done')).toHaveLength(2);
      }));

    test('[I5] an interrupt while idle does nothing', () =>
      play(async (agent) => {
        await agent.turn(text.prompt);
        agent.worker.interrupt();
        const turn = await agent.turn(text.prompt);
        expect(textOf(turn)).toBe(text.says);
        expect(agent.all('done').map(({ data }) => data.success)).toEqual([true, true]);
      }));

    if (steerable !== undefined) {
      test('[I3] a steered prompt reaches the running turn', () =>
        play(async (agent) => {
          const { from, input } = agent.prompt(steerable);
          await agent.next('message.delta', from);
          agent.worker.steer?.({ inputId: 'steered', content: 'please go on' });
          expect((await agent.next('input.taken', from)).data.input_id).toBe('steered');
          const end = ofType(await agent.turnFrom(from), 'done')[0];
          expect(end?.data.success).toBe(true);
          if (end?.data.input_ids) expect(end.data.input_ids.toSorted()).toEqual([input.inputId, 'steered']);
        }));
    }
  });

  if (permission !== undefined) {
    describe(`${name}: permission`, () => {
      /** Prompts, waits to be asked, answers, and returns the turn. */
      async function answer(agent: RecordedWorker, kind: 'allow_once' | 'allow_always' | 'reject_once') {
        const { from } = agent.prompt(permission ?? '');
        const { data } = await agent.next('permission_request', from);
        const option = data.options?.find((offered) => offered.kind === kind);
        expect(option, `an option ${kind}`).toBeDefined();
        const allowed = kind !== 'reject_once';
        agent.respond({ kind: 'permission', id: data.id, allowed, optionId: option?.id });
        return agent.turnFrom(from);
      }

      test('[E4] allowed once: the tool runs, and the next time it asks again', () =>
        play(async (agent) => {
          const turn = await answer(agent, 'allow_once');
          expect(ofType(turn, 'tool_result').some(({ data }) => data.denied)).toBe(false);
          expect(ofType(await answer(agent, 'allow_once'), 'permission_request')).toHaveLength(1);
        }));

      test('[E4] allowed for the session: it does not ask again', () =>
        play(async (agent) => {
          await answer(agent, 'allow_always');
          const turn = await agent.turn(permission);
          expect(ofType(turn, 'permission_request')).toEqual([]);
          expect(ofType(turn, 'tool_result').some(({ data }) => data.denied)).toBe(false);
        }));

      test('[E4] denied: the tool does not run and the result says so', () =>
        play(async (agent) => {
          const turn = await answer(agent, 'reject_once');
          const asked = ofType(turn, 'permission_request')[0];
          const results = ofType(turn, 'tool_result').filter(({ data }) => data.denied);
          expect(results.map(({ data }) => data.id)).toEqual([asked?.data.tool_call_id]);
        }));

      test('[E4] interrupted while it asks: the request is withdrawn', () =>
        play(async (agent) => {
          const { from } = agent.prompt(permission);
          const { data } = await agent.next('permission_request', from);
          agent.worker.interrupt();
          const turn = await agent.turnFrom(from);
          expect(ofType(turn, 'interaction.withdrawn').map((event) => event.data.id)).toEqual([data.id]);
          expectInterrupted(turn);
        }));
    });
  }

  if (question !== undefined) {
    describe(`${name}: questions`, () => {
      test('[E4] the answer reaches the agent', () =>
        play(async (agent) => {
          const { from } = agent.prompt(question);
          const { data } = await agent.next('question_request', from);
          const chosen = data.questions.map((asked) => [asked.question, asked.options.at(-1)?.label ?? '']);
          const asked = agent.events.length;
          agent.respond({ kind: 'question', id: data.id, answers: Object.fromEntries(chosen) });
          await agent.turnFrom(from);
          const heard = JSON.stringify(agent.events.slice(asked));
          for (const [, label = ''] of chosen)
            expect(textOf(agent.events.slice(asked)) + heard).toContain(label);
        }));

      test('[E4] a skipped question lets the turn go on', () =>
        play(async (agent) => {
          const { from } = agent.prompt(question);
          const { data } = await agent.next('question_request', from);
          agent.respond({ kind: 'question', id: data.id, answers: null });
          expect(ofType(await agent.turnFrom(from), 'done')[0]?.data.success).toBe(true);
        }));
    });
  }

  describe(`${name}: process`, () => {
    test('[S5] resumes with its memory after SIGKILL', () =>
      play(async (agent, stage) => {
        await agent.turn(memory.remember);
        const { session: resume } = agent;
        const pid = stage.sharedPid?.() ?? agent.worker.pid;
        // NOTE: An agent with a process per turn has none to kill now; it resumes in a new worker all the same.
        if (pid === undefined) await agent.worker.stop();
        else {
          process.kill(pid, 'SIGKILL');
          expect(await agent.exit()).toMatchObject({ reason: 'killed', signal: 'SIGKILL' });
        }
        await using resumed = new RecordedWorker(stage.definition, {
          ...stage,
          workDir: stage.workDir,
          resume,
        });
        expect(textOf(await resumed.turn(memory.recall))).toContain(memory.fact);
        expect(resumed.all('context.lost')).toEqual([]);
      }));

    if (crash !== undefined) {
      test('[S2] a crash in a turn is told once, with its code and last words', () =>
        play(async (agent) => {
          const { from } = agent.prompt(crash.prompt);
          const exit = await agent.exit();
          expect(exit).toMatchObject({ reason: 'exited', code: crash.code });
          expect(exit.stderr).toContain(crash.stderr);
          expect(agent.all('done', from)).toEqual([]);
        }));
    }

    test('[B2] stop in the middle of a turn leaves no process', () =>
      play(async (agent) => {
        const { from } = agent.prompt(endless);
        await agent.next(sign, from);
        const { pid } = agent.worker;
        if (pid !== undefined) expect(isAlive(pid)).toBe(true);
        const [exit, again] = await Promise.all([agent.worker.stop(), agent.worker.stop()]);
        if (pid !== undefined) expect(isAlive(pid)).toBe(false);
        expect(exit.reason).toBe('stopped');
        expect(again).toEqual(exit);
      }));

    test('[S3] a start that fails is an exit that says so; the prompt before it does not throw', async () => {
      await using stage = await setUp();
      await using agent = new RecordedWorker(stage.definition, { workDir: `${stage.workDir}/nowhere` });
      agent.prompt(text.prompt);
      expect(await agent.exit()).toMatchObject({ reason: 'start-failed', code: null });
      expect(agent.events).toEqual([]);
    });
  });
}

/** Every block has one start, then its deltas, then one end. */
function expectClosedBlocks(events: readonly WorkerEvent[]): void {
  const open = new Set<string>();
  const seen = new Set<string>();
  for (const event of events) {
    if (event.type === 'message.start') {
      expect(seen, 'a block that was begun twice').not.toContain(event.data.id);
      open.add(event.data.id);
      seen.add(event.data.id);
    } else if (event.type === 'message.delta') {
      expect(open, 'a delta outside of its block').toContain(event.data.message_id);
    } else if (event.type === 'message.end') {
      expect(open.delete(event.data.message_id), 'the end of an open block').toBe(true);
    }
  }
  expect([...open], 'blocks without an end').toEqual([]);
}

function expectInterrupted(turn: readonly WorkerEvent[]): void {
  expect(ofType(turn, 'done')[0]?.data).toMatchObject({
    success: false,
    stats: { stop_reason: 'interrupted' },
  });
  expect(ofType(turn, 'error')).toEqual([]);
}

/** Words of the protocol must have its shape and no other field; those for the session alone are typed. */
function expectShape({ type, data }: WorkerEvent): void {
  const word = Object.entries(loggedEvents).find(([kind]) => kind === type)?.[1];
  if (!word || type === 'done') return;
  expect(word.data.parse(data), type).toEqual(data);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
