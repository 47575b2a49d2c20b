import { dirname, join } from 'node:path';
import type { Config } from './config-schema.ts';
import { type Clock, systemClock } from './ground/clock.ts';
import { createIds, type Ids } from './ground/ids.ts';
import type { SpawnProcess } from './process/child-process.ts';
import { createSpawnProcess, type SpawnProcessOptions } from './process/spawn-process.ts';
import { expandPath } from './start-checks.ts';
import { createAcp } from './worker/acp/definition.ts';
import { createAcpx } from './worker/acpx/definition.ts';
import { createClaudeCode } from './worker/claude-code/definition.ts';
import { createDemo } from './worker/demo/definition.ts';
import { createOpenCodeCli } from './worker/opencode-cli/definition.ts';
import { createOpenCodeServer } from './worker/opencode-server/definition.ts';
import { createPi } from './worker/pi/definition.ts';
import { createWorkerRegistry, type WorkerRegistry } from './worker/registry.ts';
import { type SpareOptions, withSpares } from './worker/with-spares.ts';
import type { WorkerDefinition } from './worker/worker.ts';

type WorkersOptions = {
  config: Config;
  clock: Clock;
  ids: Ids;
  spawn: SpawnProcess;
  environment: Readonly<Record<string, string | undefined>>;
  dataDir: string;
  /** Whether agents may outlive the gateway. */
  lasting: boolean;
};

/** The table of worker types this gateway can run. */
export function createWorkers({
  config,
  clock,
  ids,
  spawn,
  environment,
  dataDir,
  lasting,
}: WorkersOptions): WorkerRegistry {
  const given = { clock, ids, spawn, environment };
  const { claude_code, opencode, pi, acp, acpx, prewarm } = config.worker;
  const definitions = [
    createClaudeCode({ ...given, ...toOptions(claude_code) }),
    createOpenCodeServer({ ...given, ...toOptions(opencode) }),
    createOpenCodeCli({ ...given, ...toOptions(opencode) }),
    createPi({ ...given, ...toOptions(pi) }),
    createAcp({ ...given, agents: acp.agents }),
    createAcpx({
      ...{ ...given, command: acpx.command, agents: acp.agents },
      stateDir: join(dataDir, 'acpx'),
    }),
    createDemo({ spawn, environment, dataDir }),
  ];
  const spares = { clock, size: prewarm.spares, maxWaitMs: prewarm.max_wait };
  return createWorkerRegistry(
    definitions.map((definition) => keepSpares(lasting ? definition : withoutLife(definition), spares)),
  );
}

/** The operator wants agents to end with the gateway: then none announces that it goes on. */
function withoutLife(definition: WorkerDefinition): WorkerDefinition {
  return { ...definition, capabilities: { ...definition.capabilities, survives_restart: false } };
}

/** An agent with a process for each turn has nothing to start beforehand. */
function keepSpares(definition: WorkerDefinition, options: SpareOptions): WorkerDefinition {
  if (options.size === 0 || definition.capabilities.process === 'per_turn') return definition;
  const spares = withSpares(definition.start, options);
  return {
    ...definition,
    start: spares.start,
    async close() {
      await spares.close();
      await definition.close?.();
    },
  };
}

const toOptions = ({ command, environment }: Config['worker']['pi']) => ({
  command,
  allowEnvironment: environment,
});

/** The worker types of this process, on the real machine. What they start is written down, if it is said where. */
export function openWorkers(config: Config, given: Omit<SpawnProcessOptions, 'clock'> = {}): WorkerRegistry {
  const clock = systemClock;
  return createWorkers({
    ...{ config, clock, ids: createIds(), spawn: createSpawnProcess({ clock, ...given }) },
    environment: process.env,
    dataDir: dirname(expandPath(config.db.path)),
    lasting: given.registry?.spool === true,
  });
}
