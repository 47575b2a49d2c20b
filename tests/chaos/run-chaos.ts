import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adoptionsInMidWord } from './adoptions.ts';
import { agentsOf, footprint, processesOf, sharesOf } from './agents.ts';
import { act, type Crowd, gatherCrowd } from './crowd.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';
import { inBatches } from './in-batches.ts';
import { comeToRest, judgeCrowd, receivedPrompts } from './judge-crowd.ts';
import { openOneGateway } from './one-gateway.ts';
import { tally } from './oracle.ts';
import { createRandom, type Random } from './random.ts';
import { openSeveralGateways } from './several-gateways.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

export type ChaosOptions = {
  seed: number;
  /** How many gateways work as one. Default: one that is alone. */
  nodes?: number;
  sessions: number;
  clients: number;
  /** How many of the sessions are spoken to between two faults, others each time. Default: all. */
  atOnce?: number;
  /** Whether the sessions of the first round are those of all others too, with agents that are started at once and stay. */
  stay?: boolean;
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
  /** How often an agent was gone on with between two pieces of what it said; of several gateways that cannot be seen. */
  adoptions: number;
  /** How often a session was taken up by another gateway, or another life of the same. */
  takeovers: number;
  /** Of all gateways, at rest. */
  files: number;
  bytes: number;
  /** Agents that are there at rest, and what they use of the memory, each of them its share of what they use together. */
  agents: number;
  agentBytes: number;
  violations: string[];
};

/** Waited for, on a busy machine, rather than judged leniently. */
const endMs = 20_000;
/** To start all agents that stay. */
const startingAll = { withinMs: 600_000, everyMs: 500 };
/** Sessions that are made, and looked at, at a time. */
const batch = 20;

/** Random turns under random faults, judged by what the agent said. Ends at the first round with a violation. */
export async function runChaos(options: ChaosOptions): Promise<RoundReport[]> {
  const random = createRandom(options.seed);
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-chaos-'));
  const journal = join(folder, 'journal');
  const reports: RoundReport[] = [];
  try {
    await using network = await startCuttingProxy({ random, bytes: [200, 60_000] });
    const env = {
      ...{
        DEMO_PACE: '1',
        DEMO_JOURNAL: journal,
        HOTPLEX_LOG_LEVEL: process.env.HOTPLEX_LOG_LEVEL ?? 'error',
      },
      HOTPLEX_SECURITY_ALLOWED_HOSTS: `127.0.0.1:${network.port}`,
      ...{ HOTPLEX_WORKER_CRASH_LIMIT_CRASHES: '100000', HOTPLEX_SESSION_INTERRUPT_TIMEOUT: '2s' },
      ...(options.stay ? agentsThatStay(options) : agentsThatAreCollected),
    };
    const { rounds, withinMs = Number.POSITIVE_INFINITY, nodes = 1 } = options;
    const place = { network, env, random };
    await using stage = await (nodes === 1 ? openOneGateway(place) : openSeveralGateways(nodes, place));
    const names = random.deal(Object.keys(stage.faults));
    const gather = () => gatherCrowds(options, { stage, network, random });
    const lasting = options.stay ? await gather() : undefined;
    if (lasting) await until(() => agentsOn(stage).length === lasting.length || undefined, startingAll);
    const began = performance.now();
    for (let round = 1; round <= rounds && performance.now() - began < withinMs; round++) {
      const crowds = lasting ?? (await gather());
      const report = await playRound({ ...options, round, random, stage, network, names, journal, crowds });
      if (!lasting) leave(crowds);
      reports.push(report);
      options.onRound?.(report);
      if (report.violations.length > 0) break;
    }
    if (lasting) leave(lasting);
    reports.at(-1)?.violations.push(...(await leftBehind(stage, options)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return reports;
}

/** Agents are collected meanwhile, but not as soon as they have nothing to do. */
const agentsThatAreCollected = { HOTPLEX_SESSION_IDLE_TIMEOUT: '1s' };

/** Room for all of them and for those that take the place of one that is killed. */
function agentsThatStay({ sessions, clients }: ChaosOptions): Record<string, string> {
  const [agents, sockets] = [String(sessions * 2), String(sessions * clients * 2)];
  return {
    ...{ HOTPLEX_WORKER_POOL_MAX: agents, HOTPLEX_WORKER_POOL_MAX_PER_USER: agents },
    ...{ HOTPLEX_WORKER_PREWARM_ON_CONNECT: 'true', HOTPLEX_SESSION_IDLE_TIMEOUT: '1h' },
    HOTPLEX_LIMITS_KEY_CONNECTIONS: sockets,
  };
}

/** At the end there are no agents of sessions that are at rest, and of gateways that stopped nothing at all. */
async function leftBehind({ gateways }: Stage, { stay }: ChaosOptions): Promise<string[]> {
  const left: string[] = [];
  const look = async (find: (dataDir: string) => number[], what: string) => {
    const found = () => gateways.flatMap(({ dataDir }) => find(dataDir));
    const isNone = await until(() => found().length === 0 || undefined, { withinMs: endMs });
    if (!isNone) left.push(`${what}: ${found().join(', ')}`);
  };
  if (!stay) await look(agentsOf, 'agents are left that nobody uses');
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await look(processesOf, 'processes are left behind');
  return left;
}

const agentsOn = ({ gateways }: Stage) => gateways.flatMap(({ dataDir }) => agentsOf(dataDir));

type World = { stage: Stage; network: CuttingProxy; random: Random };

function gatherCrowds({ sessions, clients }: ChaosOptions, { stage, network, random }: World) {
  return inBatches(Array.from({ length: sessions }), batch, () =>
    gatherCrowd({ url: random.pick(stage.gateways).url, port: network.port, clients, random }),
  );
}

function leave(crowds: readonly Crowd[]): void {
  for (const { observers } of crowds) for (const { client } of observers) client.close();
}

type Round = World &
  Pick<ChaosOptions, 'atOnce' | 'faultsPerRound'> & {
    crowds: readonly Crowd[];
    /** What goes wrong next. */
    names: Generator<string, never>;
    round: number;
    journal: string;
  };

async function playRound(world: Round): Promise<RoundReport> {
  const { random, stage, network, crowds, atOnce = crowds.length, faultsPerRound, round, journal } = world;
  const { gateways } = stage;
  const [cutBefore, takenBefore] = [network.cuts, stage.takeovers()];
  const counts: Record<string, number> = {};
  const outages: number[] = [];
  const pickGateway = () => {
    const atWork = gateways.filter(({ dataDir }) => agentsOf(dataDir).length > 0);
    return random.pick(atWork.length > 0 ? atWork : gateways);
  };
  const midWord = random.between(0, faultsPerRound - 1);
  for (let index = 0; index < faultsPerRound; index++) {
    const spokenTo = random.some(crowds, atOnce);
    for (const crowd of spokenTo) if (random.next() < 0.8) act(crowd, random);
    // A round without it would test nothing of what is hardest.
    const name = index === midWord ? 'gateway killed in mid-word' : world.names.next().value;
    counts[name] = (counts[name] ?? 0) + 1;
    await stage.faults[name]?.({ gateways, pickGateway, crowds: spokenTo, random, outages });
  }
  const restless = await inBatches(crowds, batch, (crowd) => comeToRest(crowd, random.pick(gateways)));
  const received = receivedPrompts(journal);
  const judged = await inBatches(crowds, batch, (crowd) => judgeCrowd(crowd, { gateways, received }));
  const agents = agentsOn(stage);
  const sizes = gateways.map(({ process }) => footprint(process.pid ?? 0));
  const prompts: Record<string, number> = {};
  for (const { added } of judged)
    for (const [status, count] of Object.entries(tally(added)))
      prompts[status] = (prompts[status] ?? 0) + count;
  return {
    ...{ round, faults: counts, prompts, cuts: network.cuts - cutBefore },
    files: sizes.reduce((sum, { files }) => sum + files, 0),
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    ...{ agents: agents.length, agentBytes: sharesOf(agents) },
    events: judged.reduce((sum, { added }) => sum + added.length, 0),
    adoptions: judged.reduce((sum, { added }) => sum + adoptionsInMidWord(added, outages), 0),
    takeovers: stage.takeovers() - takenBefore,
    violations: [...restless, ...judged.map(({ violations }) => violations)].flat(),
  };
}
