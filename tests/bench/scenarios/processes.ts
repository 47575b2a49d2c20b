import { setTimeout as sleep } from 'node:timers/promises';
import { residentMemory } from '../../support/resident-memory.ts';
import { countProcesses, processorMs } from '../look-at-processes.ts';
import { openClient } from '../open-client.ts';
import { repeat } from './gateway-alone.ts';
import type { Scenario } from './scenario.ts';

const name = (sessions: number) => `${sessions} agents`;
const full = 1_000;
/** Before memory is counted so many agents are there: what the first ones need is not what each needs. */
const firstSessions = 20;
const idleMs = 2_000;
const lookMs = 20;
const patienceMs = 30_000;
const oneWord = { pieces: 1, rate: 0, spreadMs: 0 };

/** Many agents as processes: started, idle, gone. */
export const processes: Scenario = {
  name: 'processes',
  title: 'Many agents',
  about:
    'Sessions are opened, each has its agent started by a first prompt, all are idle, and the gateway is stopped (SIGTERM). ' +
    'Memory is what the gateway’s own process grew by for each session that came after the first ' +
    `${firstSessions}; the agents’ own is not in it. Idle CPU is that of the gateway with all of them connected. Stopping ends when the last ` +
    'process of an agent is gone.',
  columns: [
    { title: 'started, s', figure: 'startSeconds', digits: 2 },
    { title: 'memory, KiB/session', figure: 'memoryPerSessionKiB', digits: 0 },
    { title: 'idle CPU, %', figure: 'idlePercent', digits: 1 },
    { title: 'stopped, s', figure: 'stopSeconds', digits: 2 },
    { title: 'left', figure: 'left', digits: 0 },
  ],
  bars: [
    { says: 'memory per idle session, KiB', case: name(full), figure: 'memoryPerSessionKiB', atMost: 100 },
    { says: 'stopping 1000 agents, s', case: name(full), figure: 'stopSeconds', atMost: 10 },
    { says: 'processes left of 1000', case: name(full), figure: 'left', atMost: 0 },
  ],
  async *measure(bench) {
    const sessions = bench.quick ? 2 * firstSessions : full;
    yield* repeat(bench, name(sessions), async (running) => {
      const { pid, gateway } = running;
      await using first = await openClient(bench.rig, running, firstSessions);
      await first.turn(oneWord);
      await sleep(idleMs);
      const before = residentMemory(pid);
      const more = sessions - firstSessions;
      await using client = await openClient(bench.rig, running, more);
      const { turnMs } = await client.turn(oneWord);
      await sleep(idleMs);
      const memoryPerSessionKiB = ((residentMemory(pid) - before) * 1_024) / more;
      const used = processorMs(pid);
      await sleep(idleMs);
      const idlePercent = ((processorMs(pid) - used) / idleMs) * 100;
      const alive = countProcesses(bench.rig.agent);
      if (alive !== sessions) throw new Error(`of ${sessions} agents ${alive} run`);
      const asked = performance.now();
      await gateway.stop();
      const left = await waitUntilGone(bench.rig.agent);
      const stopSeconds = (performance.now() - asked) / 1_000;
      return { startSeconds: turnMs / 1_000, memoryPerSessionKiB, idlePercent, stopSeconds, left };
    });
  },
};

/** How many processes there still are when it is waited no longer. */
async function waitUntilGone(program: string): Promise<number> {
  const until = performance.now() + patienceMs;
  while (countProcesses(program) > 0 && performance.now() < until) await sleep(lookMs);
  return countProcesses(program);
}
