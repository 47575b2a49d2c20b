import { dirname, join } from 'node:path';
import type { ChosenIsolation } from './choose-isolation.ts';
import type { Config } from './config-schema.ts';
import { type Clock, systemClock } from './ground/clock.ts';
import { createIds, type Ids } from './ground/ids.ts';
import type { SpawnProcess } from './process/child-process.ts';
import { type Isolation, noIsolation } from './process/isolation.ts';
import { createSpawnProcess, type SpawnProcessOptions } from './process/spawn-process.ts';
import { expandPath } from './start-checks.ts';
import { createAcp } from './worker/acp/definition.ts';
import { createAcpx } from './worker/acpx/definition.ts';
import { createClaudeCode } from './worker/claude-code/definition.ts';
import { createDemo } from './worker/demo/definition.ts';
import { createOpenCodeCli } from './worker/opencode-cli/definition.ts';
import { createOpenCodeServer } from './worker/opencode-server/definition.ts';
import { createPi } from './worker/pi/definition.ts';
import { refuseStart } from './worker/refuse-start.ts';
import { createWorkerRegistry, type WorkerRegistry } from './worker/registry.ts';
import { type SpareOptions, withSpares } from './worker/with-spares.ts';
import type { WorkerDefinition } from './worker/worker.ts';

type WorkersOptions = {
  config: Config;
  clock: Clock;
  ids: Ids;
  /** Starts processes within these walls. */
  spawn(isolation: Isolation): SpawnProcess;
  /** The walls of each type. Default: none. */
  isolation?: Pick<ChosenIsolation, 'of'>;
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
  spawn: spawnWithin,
  isolation = { of: () => noIsolation },
  environment,
  dataDir,
  lasting,
}: WorkersOptions): WorkerRegistry {
  const { claude_code, opencode, pi, acp, acpx, prewarm, allow_bypass } = config.worker;
  const walled = <D extends WorkerDefinition>(
    type: string,
    create: (given: Given) => D,
  ): WorkerDefinition => {
    const chosen = isolation.of(type);
    const walls = 'refused' in chosen ? noIsolation : chosen;
    const { level } = walls;
    const isWalled = level === 'sandbox' || level === 'container';
    const spawn = spawnWithin(walls);
    const made = create({ clock, ids, environment, spawn, isWalled, allowBypass: allow_bypass && isWalled });
    const definition = { ...made, isolation: level };
    return 'refused' in chosen ? withoutWalls(definition, { reason: chosen.refused, spawn }) : definition;
  };
  const definitions = [
    walled('claude_code', (given) => createClaudeCode({ ...given, ...toOptions(claude_code) })),
    walled('opencode_server', (given) =>
      createOpenCodeServer({ ...given, ...toOptions(opencode), perWorkDir: given.isWalled }),
    ),
    walled('opencode_cli', (given) => createOpenCodeCli({ ...given, ...toOptions(opencode) })),
    walled('pi', (given) => createPi({ ...given, ...toOptions(pi) })),
    walled('acp', (given) => createAcp({ ...given, agents: acp.agents })),
    walled('acpx', (given) =>
      createAcpx({
        ...{ ...given, command: acpx.command, agents: acp.agents },
        stateDir: join(dataDir, 'acpx'),
      }),
    ),
    walled('demo', (given) => createDemo({ ...given, dataDir })),
  ];
  const spares = { clock, size: prewarm.spares, maxWaitMs: prewarm.max_wait };
  return createWorkerRegistry(
    definitions.map((definition) => keepSpares(lasting ? definition : withoutLife(definition), spares)),
  );
}

/** What every adapter is given. */
type Given = Pick<WorkersOptions, 'clock' | 'ids' | 'environment'> & {
  spawn: SpawnProcess;
  /** Whether its processes see nothing of each other and of the machine. */
  isWalled: boolean;
  allowBypass: boolean;
};

/** What was asked for by name is not there for this agent: it is not started with less. */
function withoutWalls(
  definition: WorkerDefinition,
  { reason, spawn }: { reason: string; spawn: SpawnProcess },
): WorkerDefinition {
  return {
    ...definition,
    locate: async () => ({ available: false, reason, install: 'change worker.isolation' }),
    start: ({ adopt }, listener) =>
      refuseStart(`${definition.title} cannot be isolated as the operator asks: ${reason}`, {
        spawn,
        listener,
        adopt,
      }),
  };
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
export function openWorkers(
  config: Config,
  {
    isolation,
    ...given
  }: Omit<SpawnProcessOptions, 'clock' | 'isolation'> & Pick<WorkersOptions, 'isolation'> = {},
): WorkerRegistry {
  const clock = systemClock;
  return createWorkers({
    ...{ config, clock, ids: createIds(), ...(isolation && { isolation }) },
    spawn: (walls) => createSpawnProcess({ clock, ...given, isolation: walls }),
    environment: process.env,
    dataDir: dirname(expandPath(config.db.path)),
    lasting: given.registry?.spool === true,
  });
}
