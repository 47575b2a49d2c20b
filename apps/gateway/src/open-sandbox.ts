import type { NoWalls } from './agent-isolation.ts';
import type { Config } from './config-schema.ts';
import { StartError } from './ground/start-error.ts';
import { findTool } from './process/find-tool.ts';
import type { Isolation } from './process/isolation.ts';
import { probeWalls } from './process/probe-walls.ts';
import type { Bridge } from './process/sandbox/bridge/with-bridge.ts';
import { createSandbox } from './process/sandbox/sandbox.ts';
import { expandPath } from './start-checks.ts';

/** What of the gateway's own is hidden from a sandbox, and what is let in. */
export type SandboxPlaces = {
  /** The gateway's own files and folders. */
  hidden: readonly string[];
  /** Where the proxy of agents with an allow-list listens. */
  egressDir: string;
};

/** The walls of a sandbox as they are configured, tried out. Throws StartError for a list of hosts that is missing. */
export async function openSandbox(
  worker: Config['worker'],
  { hidden, egressDir }: SandboxPlaces,
): Promise<Isolation | NoWalls> {
  const bwrap = findTool('bwrap');
  if (bwrap === undefined) return notWorking('bwrap was not found in PATH');
  const { network, readable, writable, guarded_names: guardedNames } = worker.sandbox;
  const sandbox = createSandbox({
    ...{ bwrap, hidden, guardedNames },
    network: network === 'allow-list' ? toBridge(worker.sandbox.allowed_hosts, egressDir) : network,
    readable: readable.map(expandPath),
    writable: writable.map(expandPath),
  });
  const problem = await probeWalls(sandbox);
  return problem === undefined ? sandbox : notWorking(problem);
}

const notWorking = (refused: string): NoWalls => ({ problem: 'not_working', refused });

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
