import type { IsolationLevel } from '@hotplex/aep-protocol';
import {
  type AgentIsolation,
  levelByDefault,
  type NoWalls,
  toAgentIsolation,
  type Walls,
} from './agent-isolation.ts';
import type { Config } from './config-schema.ts';
import { StartError } from './ground/start-error.ts';
import { openContainer } from './open-container.ts';
import { openSandbox, type SandboxPlaces } from './open-sandbox.ts';
import { type Isolation, noIsolation } from './process/isolation.ts';
import { probeWalls } from './process/probe-walls.ts';
import { createResourceLimits } from './process/resource-limits.ts';

/** What agents are kept apart by, from now on. */
export type ChosenIsolation = {
  level: IsolationLevel;
  /** Why it is weaker than what would be chosen by default. */
  warning?: string;
  /** The walls of one worker type: what its sessions have at least, and what they may choose. */
  of(type: string): AgentIsolation;
};

type ChooseOptions = SandboxPlaces & { environment: Readonly<Record<string, string | undefined>> };

/** Finds out what this machine can do. Throws StartError if it cannot do what was asked for by name. */
export async function chooseIsolation({ worker }: Config, options: ChooseOptions): Promise<ChosenIsolation> {
  const { isolation: asked, sandbox } = worker;
  const { network } = sandbox;
  const isOfSandbox = network !== 'open';
  if (isOfSandbox && asked !== 'sandbox' && asked !== 'auto') {
    throw new StartError(
      `worker.sandbox.network ${network} holds in a sandbox only, and worker.isolation is ${asked}: set it to sandbox, or the network to open`,
    );
  }
  const at = await lookAtMachine(worker, options);
  const all = (least: IsolationLevel, warning?: string): ChosenIsolation => ({
    level: least,
    ...(warning === undefined ? {} : { warning }),
    of: (type) => toAgentIsolation(type, { least, at }),
  });
  switch (asked) {
    case 'none':
      return all('none', 'worker.isolation is none: agents can read and change what the gateway can');
    case 'process':
      return all('process');
    case 'container':
      if ('refused' in at.container) throw new StartError(at.container.refused);
      return all('container');
    default: {
      const problem = 'refused' in at.sandbox ? at.sandbox.refused : undefined;
      const byName = asked === 'sandbox' || isOfSandbox;
      if (problem === undefined) {
        if (byName) return all('sandbox');
        return {
          level: 'sandbox',
          of: (type) => toAgentIsolation(type, { least: levelByDefault(type), at }),
        };
      }
      if (byName) {
        throw new StartError(
          `worker.isolation sandbox does not work here: ${problem}; install bubblewrap and allow user namespaces, or choose another level and the network open`,
        );
      }
      return all(
        'process',
        `agents have no sandbox, since it does not work here: ${problem}. They can read and change what the gateway can: install bubblewrap, or set worker.isolation to say that this is wanted`,
      );
    }
  }
}

/** The walls that can be put up here. */
async function lookAtMachine(worker: Config['worker'], options: ChooseOptions): Promise<Walls> {
  const [sandbox, container] = await Promise.all([
    openSandbox(worker, options),
    offerContainer(worker, options.environment),
  ]);
  return {
    none: noIsolation,
    process: { level: 'process', wall: createResourceLimits() },
    sandbox,
    container,
  };
}

/** One that is asked for by name says itself, with each agent, what its engine has against it. */
async function offerContainer(
  worker: Config['worker'],
  environment: ChooseOptions['environment'],
): Promise<Isolation | NoWalls> {
  const { network } = worker.sandbox;
  if (network !== 'open') {
    const refused = `worker.sandbox.network ${network} holds in a sandbox only`;
    return { problem: 'weaker', refused };
  }
  const container = openContainer(worker, environment);
  if ('refused' in container || worker.isolation === 'container') return container;
  const refused = await probeWalls(container);
  return refused === undefined ? container : { problem: 'not_working', refused };
}
