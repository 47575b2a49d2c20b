import { setTimeout as sleep } from 'node:timers/promises';
import { residentMemory } from '../support/resident-memory.ts';
import { type BenchClient, openClient } from './open-client.ts';
import { waitForQuiet } from './quiet.ts';
import type { Bench, Figures, Run } from './scenarios/scenario.ts';
import { hotplex } from './subjects/hotplex.ts';
import { cRelay, plainNode } from './subjects/limits.ts';
import type { RunningSubject, Subject } from './subjects/subject.ts';

/** What is done with each of the subjects in turn: how many sessions, and what is measured of them. */
export type Interleaved = {
  case: string;
  sessions: number;
  /** Done once with each before anything counts: a program that has just begun is slow. */
  warmUp(client: BenchClient): Promise<unknown>;
  measure(client: BenchClient, running: RunningSubject): Promise<Figures>;
};

/** How long a subject has to itself after it was held, before it is measured. */
const settleMs = 300;

/**
 * Measures the gateway and both limits in turn, so that what disturbs one disturbs the others. All run from the beginning to the
 * end, with all their sessions; who is not measured is held (SIGSTOP), so that it takes no time from the others.
 */
export async function* interleave(
  bench: Bench,
  { case: name, sessions, warmUp, measure }: Interleaved,
): AsyncGenerator<Run> {
  await using stack = new AsyncDisposableStack();
  const all: Held[] = [];
  for (const subject of [cRelay, plainNode, hotplex])
    all.push(await hold(stack, { bench, subject, sessions }));
  for (const { awake, client } of all) await awake(() => warmUp(client));
  for (let repetition = 0; repetition < bench.repetitions; repetition += 1) {
    for (const { subject, client, running, memoryPerSessionKiB, awake } of all) {
      const figures = await awake(async () => {
        const noise = await waitForQuiet(bench);
        return { noise, ...(await measure(client, running)) };
      });
      const memoryMiB = residentMemory(running.pid);
      yield { case: name, subject: subject.name, figures: { ...figures, memoryPerSessionKiB, memoryMiB } };
    }
  }
}

type Held = {
  subject: Subject;
  running: RunningSubject;
  client: BenchClient;
  memoryPerSessionKiB: number;
  /** Lets it run while something is done with it. */
  awake<T>(work: () => Promise<T>): Promise<T>;
};

/** Starts a subject and all its agents, and holds it. */
async function hold(
  stack: AsyncDisposableStack,
  { bench, subject, sessions }: { bench: Bench; subject: Subject; sessions: number },
): Promise<Held> {
  const running = stack.use(await subject.start(bench.rig));
  const { pid } = running;
  const before = residentMemory(pid);
  const client = stack.use(await openClient(bench.rig, running, sessions));
  await client.turn({ pieces: 1, rate: 0, spreadMs: 0 });
  await sleep(settleMs);
  const memoryPerSessionKiB = ((residentMemory(pid) - before) * 1_024) / sessions;
  process.kill(pid, 'SIGSTOP');
  stack.defer(() => void process.kill(pid, 'SIGCONT'));
  return {
    ...{ subject, running, client, memoryPerSessionKiB },
    async awake(work) {
      process.kill(pid, 'SIGCONT');
      await sleep(settleMs);
      try {
        return await work();
      } finally {
        process.kill(pid, 'SIGSTOP');
      }
    },
  };
}
