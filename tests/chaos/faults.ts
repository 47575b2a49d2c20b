import type { RunningGateway } from '../support/start-gateway.ts';
import { agentsOf } from './agents.ts';
import type { Random } from './random.ts';

export type Fault = (gateway: RunningGateway, random: Random) => void | Promise<void>;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

/** An agent, if there is one. */
function anAgent({ dataDir }: RunningGateway, random: Random): number | undefined {
  const agents = agentsOf(dataDir);
  return agents.length === 0 ? undefined : random.pick(agents);
}

/** What can go wrong, by name. Each leaves the gateway running and the agents able to go on. */
export const faults = {
  async 'gateway killed'(gateway, random) {
    // In the middle of what was just asked for as often as before it.
    await pause(random.between(0, 300));
    await gateway.kill();
    await pause(random.between(0, 400));
    await gateway.restart();
  },
  'gateway restarted': (gateway) => gateway.restart(),
  async 'gateway held up'(gateway, random) {
    const { pid } = gateway.process;
    signal(pid, 'SIGSTOP');
    await pause(random.between(50, 500));
    signal(pid, 'SIGCONT');
  },
  'agent killed'(gateway, random) {
    signal(anAgent(gateway, random), 'SIGKILL');
  },
  async 'agent held up'(gateway, random) {
    const pid = anAgent(gateway, random);
    signal(pid, 'SIGSTOP');
    await pause(random.between(20, 300));
    signal(pid, 'SIGCONT');
  },
  nothing: (_, random) => pause(random.between(10, 300)),
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
