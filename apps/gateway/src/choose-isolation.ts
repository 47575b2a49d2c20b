import type { Config } from './config-schema.ts';
import { StartError } from './ground/start-error.ts';
import type { IsolationLevel } from './process/child-process.ts';
import { createContainer } from './process/container/container.ts';
import { findTool, isProgram } from './process/find-tool.ts';
import { type Isolation, noIsolation } from './process/isolation.ts';
import { createResourceLimits } from './process/resource-limits.ts';
import type { Bridge } from './process/sandbox/bridge/with-bridge.ts';
import { probeSandbox } from './process/sandbox/probe-sandbox.ts';
import { createSandbox } from './process/sandbox/sandbox.ts';
import { expandPath } from './start-checks.ts';

/** What agents are kept apart by, from now on. */
export type ChosenIsolation = {
  level: IsolationLevel;
  /** Why it is weaker than what would be chosen by default. */
  warning?: string;
  /** The walls of one worker type, or why there are none for it that are strong enough. */
  of(type: string): Isolation | { refused: string };
};

type ChooseOptions = {
  /** The gateway's own files and folders. */
  hidden: readonly string[];
  /** Where the proxy of agents with an allow-list listens. */
  egressDir: string;
  environment: Readonly<Record<string, string | undefined>>;
};

/** Where to look for the engine of containers (docs.docker.com, "Use the Docker command line"; man 1 podman). */
const engineVariables = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'CONTAINER_HOST',
  'XDG_RUNTIME_DIR',
];

/**
 * Why a type cannot be walled in. NOTE: the processes of acpx look for each other by pid and by sockets in a folder of
 * theirs, and those of a sandbox do not see each other.
 */
const unfit: Readonly<Record<string, Partial<Record<IsolationLevel, string>>>> = {
  acpx: {
    sandbox: 'the processes of acpx have to see each other: use acp, or worker.isolation process',
    container: 'the processes of acpx have to see each other: use acp, or worker.isolation process',
  },
  opencode_server: {
    container: 'its server is talked to over loopback: use opencode_cli, or worker.isolation sandbox',
  },
  demo: { container: 'it is a part of the gateway and not of an image: use worker.isolation sandbox' },
};

/** What `auto` means for a type where a sandbox works. */
export function levelByDefault(type: string): IsolationLevel {
  return unfit[type]?.sandbox === undefined ? 'sandbox' : 'process';
}

/** Finds out what this machine can do. Throws StartError if it cannot do what was asked for by name. */
export async function chooseIsolation({ worker }: Config, options: ChooseOptions): Promise<ChosenIsolation> {
  const limited: Isolation = { level: 'process', wall: createResourceLimits() };
  const { network } = worker.sandbox;
  const byName = worker.isolation === 'sandbox' || network !== 'open';
  if (byName && worker.isolation !== 'sandbox' && worker.isolation !== 'auto') {
    throw new StartError(
      `worker.sandbox.network ${network} holds in a sandbox only, and worker.isolation is ${worker.isolation}: set it to sandbox, or the network to open`,
    );
  }
  switch (worker.isolation) {
    case 'none':
      return only(noIsolation, 'worker.isolation is none: agents can read and change what the gateway can');
    case 'process':
      return only(limited);
    case 'container':
      return only(openContainer(worker, options.environment));
    default: {
      const sandbox = openSandbox(worker, options);
      const problem = 'problem' in sandbox ? sandbox.problem : await probeSandbox(sandbox);
      if (problem === undefined && !('problem' in sandbox)) {
        return byName ? only(sandbox) : preferring(sandbox, limited);
      }
      if (byName) {
        throw new StartError(
          `worker.isolation sandbox does not work here: ${problem}; install bubblewrap and allow user namespaces, or choose another level and the network open`,
        );
      }
      return only(
        limited,
        `agents have no sandbox, since it does not work here: ${problem}. They can read and change what the gateway can: install bubblewrap, or set worker.isolation to say that this is wanted`,
      );
    }
  }
}

/** This level for all, or nothing. */
function only(isolation: Isolation, warning?: string): ChosenIsolation {
  const { level } = isolation;
  return {
    level,
    ...(warning === undefined ? {} : { warning }),
    of(type) {
      const refused = unfit[type]?.[level];
      return refused === undefined ? isolation : { refused };
    },
  };
}

/** The stronger one for all that can do with it. */
function preferring(strong: Isolation, weak: Isolation): ChosenIsolation {
  return { level: strong.level, of: (type) => (levelByDefault(type) === strong.level ? strong : weak) };
}

function openSandbox(
  worker: Config['worker'],
  { hidden, egressDir }: ChooseOptions,
): Isolation | { problem: string } {
  const bwrap = findTool('bwrap');
  if (bwrap === undefined) return { problem: 'bwrap was not found in PATH' };
  const { network, readable, writable, guarded_names: guardedNames } = worker.sandbox;
  return createSandbox({
    ...{ bwrap, hidden, guardedNames },
    network: network === 'allow-list' ? toBridge(worker.sandbox.allowed_hosts, egressDir) : network,
    readable: readable.map(expandPath),
    writable: writable.map(expandPath),
  });
}

/** Its own loopback is a program's own affair, unless the same of the machine is listed. */
function toBridge(allowed: Config['worker']['sandbox']['allowed_hosts'], folder: string): Bridge {
  if (allowed.length === 0) {
    throw new StartError(
      'worker.sandbox.network allow-list needs worker.sandbox.allowed_hosts (HOTPLEX_WORKER_SANDBOX_ALLOWED_HOSTS): name the hosts of the models and registries that agents need',
    );
  }
  const own = ['localhost', '127.0.0.1', '::1'];
  return { folder, direct: own.filter((name) => allowed.every(({ host }) => host !== name)) };
}

function openContainer(
  { container, sandbox, max_memory }: Config['worker'],
  environment: ChooseOptions['environment'],
) {
  const { command: asked, image, network, args } = container;
  const command = asked.includes('/') ? expandPath(asked) : findTool(asked);
  if (command === undefined || !isProgram(command)) {
    throw new StartError(
      `worker.isolation container needs worker.container.command, and ${asked} was not found: install it or correct the setting`,
    );
  }
  if (image === undefined) {
    throw new StartError(
      'worker.isolation container needs worker.container.image (HOTPLEX_WORKER_CONTAINER_IMAGE): name an image with the agents in it',
    );
  }
  const engine = engineVariables.flatMap((name): [string, string][] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return createContainer({
    ...{ command, image, network, args, memoryBytes: max_memory, guardedNames: sandbox.guarded_names },
    engine: Object.fromEntries(engine),
  });
}
