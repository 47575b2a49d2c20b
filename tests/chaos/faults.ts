import type { RunningGateway } from '../support/start-gateway.ts';
import { agentsOf } from './agents.ts';
import { askForMuch, type Crowd, isSpoken } from './crowd.ts';
import type { Random } from './random.ts';
import { until } from './until.ts';

export type Scene = {
  gateways: readonly RunningGateway[];
  /** One at which something is going on, if there is one. */
  pickGateway(): RunningGateway;
  crowds: readonly Crowd[];
  random: Random;
  /** Moments at which no gateway ran, in wall-clock milliseconds; a kill of one that is alone adds one. */
  outages: number[];
};
export type Fault = (scene: Scene) => void | Promise<void>;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Nothing if it has ended. */
export function signal(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

/** An agent, if there is one. */
function anAgent({ gateways, random }: Scene): number | undefined {
  const agents = gateways.flatMap(({ dataDir }) => agentsOf(dataDir));
  return agents.length === 0 ? undefined : random.pick(agents);
}

async function kill({ gateways, pickGateway, random, outages }: Scene): Promise<void> {
  const gateway = pickGateway();
  await gateway.kill();
  if (gateways.length === 1) outages.push(Date.now());
  await pause(random.between(0, 400));
  await gateway.restart();
}

/** How long an agent is given to begin to speak. */
const speakMs = 10_000;

/** What can go wrong, by name. Each leaves the gateway running and the agents able to go on. */
export const faults = {
  async 'gateway killed'(scene) {
    // In the middle of what was just asked for as often as before it.
    await pause(scene.random.between(0, 300));
    await kill(scene);
  },
  async 'gateway killed in mid-word'(scene) {
    const { crowds, random } = scene;
    for (const crowd of crowds) askForMuch(crowd, random);
    await until(() => crowds.some(isSpoken) || undefined, { withinMs: speakMs, everyMs: 2 });
    await pause(random.between(0, 50));
    await kill(scene);
  },
  'gateway restarted': ({ pickGateway }) => pickGateway().restart(),
  async 'gateway held up'({ pickGateway, random }) {
    const { pid } = pickGateway().process;
    signal(pid, 'SIGSTOP');
    await pause(random.between(50, 500));
    signal(pid, 'SIGCONT');
  },
  'agent killed'(scene) {
    signal(anAgent(scene), 'SIGKILL');
  },
  async 'agent held up'(scene) {
    const pid = anAgent(scene);
    signal(pid, 'SIGSTOP');
    await pause(scene.random.between(20, 300));
    signal(pid, 'SIGCONT');
  },
  nothing: ({ random }) => pause(random.between(10, 300)),
} satisfies Record<string, Fault>;
