import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { SessionsApi } from '@hotplex/client-sdk';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { adoptionsInMidWord } from './adoptions.ts';
import { footprint, processesOf } from './agents.ts';
import { act, type Crowd, gatherCrowd } from './crowd.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';
import { type FaultName, faults } from './faults.ts';
import { judge, tally } from './oracle.ts';
import { createRandom, type Random } from './random.ts';
import { until } from './until.ts';

export type ChaosOptions = {
  seed: number;
  sessions: number;
  clients: number;
  /** How often something goes wrong. After each round everything has to come to rest and is judged. */
  rounds: number;
  /** No round begins after so long. */
  withinMs?: number;
  /** Faults in one round. */
  faultsPerRound: number;
  /** Told after each round. */
  onRound?: (report: RoundReport) => void;
};

export type RoundReport = {
  round: number;
  faults: Record<string, number>;
  prompts: Record<string, number>;
  events: number;
  cuts: number;
  /** How often an agent was gone on with between two pieces of what it said. */
  adoptions: number;
  /** Of the gateway, at rest. */
  files: number;
  bytes: number;
  violations: string[];
};

/** Waited for, on a busy machine, rather than judged leniently. */
const [restMs, endMs] = [180_000, 20_000];

/** Random turns under random faults, judged by what the agent said. Ends at the first round with a violation. */
export async function runChaos(options: ChaosOptions): Promise<RoundReport[]> {
  const random = createRandom(options.seed);
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-chaos-'));
  const journal = join(folder, 'journal');
  const reports: RoundReport[] = [];
  try {
    await using network = await startCuttingProxy({ random, bytes: [200, 60_000] });
    await using gateway = await startGateway({
      env: {
        ...{ DEMO_PACE: '1', DEMO_JOURNAL: journal, HOTPLEX_LOG_LEVEL: 'error' },
        HOTPLEX_SECURITY_ALLOWED_HOSTS: `127.0.0.1:${network.port}`,
        ...{ HOTPLEX_WORKER_CRASH_LIMIT_CRASHES: '100000', HOTPLEX_SESSION_INTERRUPT_TIMEOUT: '2s' },
        // Agents are collected meanwhile, but not as soon as they have nothing to do.
        HOTPLEX_SESSION_IDLE_TIMEOUT: '1s',
      },
    });
    network.target = gateway.port;
    const { rounds, withinMs = Number.POSITIVE_INFINITY } = options;
    const began = performance.now();
    for (let round = 1; round <= rounds && performance.now() - began < withinMs; round++) {
      const report = await playRound({ ...options, round, random, gateway, network, journal });
      reports.push(report);
      options.onRound?.(report);
      if (report.violations.length > 0) break;
    }
    const { dataDir } = gateway;
    await gateway.stop();
    const left = await until(() => (processesOf(dataDir).length === 0 ? [] : undefined), { withinMs: endMs });
    if (!left)
      reports.at(-1)?.violations.push(`processes are left behind: ${processesOf(dataDir).join(', ')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return reports;
}

type Round = ChaosOptions & {
  round: number;
  random: Random;
  gateway: RunningGateway;
  network: CuttingProxy;
  journal: string;
};

async function playRound(world: Round): Promise<RoundReport> {
  const { random, gateway, network, sessions, clients, faultsPerRound, round, journal } = world;
  const cutBefore = network.cuts;
  const crowds = await Promise.all(
    Array.from({ length: sessions }, () =>
      gatherCrowd({ url: gateway.url, port: network.port, clients, random }),
    ),
  );
  const names = Object.keys(faults) as FaultName[];
  const counts: Record<string, number> = {};
  const outages: number[] = [];
  const midWord = random.between(0, faultsPerRound - 1);
  for (let index = 0; index < faultsPerRound; index++) {
    for (const crowd of crowds) if (random.next() < 0.8) act(crowd, random);
    // A round without it would test nothing of what is hardest.
    const name = index === midWord ? 'gateway killed in mid-word' : random.pick(names);
    counts[name] = (counts[name] ?? 0) + 1;
    await faults[name]({ gateway, crowds, random, outages });
  }
  const judged = await Promise.all(crowds.map((crowd) => settle(crowd, { gateway, journal })));
  const { files, bytes } = footprint(gateway.process.pid ?? 0);
  for (const { observers } of crowds) for (const { client } of observers) client.close();
  const prompts: Record<string, number> = {};
  for (const { log } of judged)
    for (const [status, count] of Object.entries(tally(log)))
      prompts[status] = (prompts[status] ?? 0) + count;
  return {
    ...{ round, faults: counts, prompts, cuts: network.cuts - cutBefore, files, bytes },
    events: judged.reduce((sum, { log }) => sum + log.length, 0),
    adoptions: judged.reduce((sum, { log }) => sum + adoptionsInMidWord(log, outages), 0),
    violations: judged.flatMap(({ violations }) => violations),
  };
}

/** Waits until the session has nothing to do and every client has everything, then judges. */
async function settle(
  { sessionId, observers, prompts }: Crowd,
  { gateway, journal }: Pick<Round, 'gateway' | 'journal'>,
): Promise<{ log: ServerEnvelope[]; violations: string[] }> {
  const api = new SessionsApi({ url: gateway.url, auth: apiKey });
  const words = (what: string) => `${sessionId}: ${what}`;
  let restless: string[] = [];
  await until(
    async () => {
      const session = await api.get(sessionId).catch(() => undefined);
      restless = [
        ...(session?.state === 'running' || session?.queued !== 0 ? ['a turn is not over'] : []),
        ...observers.flatMap(({ unsettled, client }, index) => [
          ...(unsettled === 0 ? [] : [`client ${index} waits for ${unsettled} receipts`]),
          ...(client.lastSeq === session?.last_seq ? [] : [`client ${index} is ${client.connection.status}`]),
        ]),
      ];
      return restless.length === 0 ? session : undefined;
    },
    { withinMs: restMs },
  );
  const log: ServerEnvelope[] = [];
  for await (const envelope of api.allEvents(sessionId)) log.push(envelope);
  const seen = observers.map((observer) => observer.seen);
  const violations = judge({ log, seen, prompts, received: receivedPrompts(journal) }).map(words);
  return { log, violations: [...restless.map((what) => words(`no rest: ${what}`)), ...violations] };
}

function receivedPrompts(journal: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of readJournal(journal).split('\n')) {
    if (line === '') continue;
    const { id } = JSON.parse(line) as { id: string };
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function readJournal(journal: string): string {
  try {
    return readFileSync(journal, 'utf8');
  } catch {
    return '';
  }
}
