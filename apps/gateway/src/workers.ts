import { join } from 'node:path';
import { type IsolationLevel, isolationLevels } from '@hotplex/aep-protocol';
import { unwalled } from './agent-isolation.ts';
import type { ChosenIsolation } from './choose-isolation.ts';
import type { Config } from './config-schema.ts';
import { type Clock, systemClock } from './ground/clock.ts';
import { createIds, type Ids } from './ground/ids.ts';
import type { SpawnProcess } from './process/child-process.ts';
import { type Isolation, noIsolation } from './process/isolation.ts';
import { createSpawnProcess, type SpawnProcessOptions } from './process/spawn-process.ts';
import { sharedDirOf } from './shared-dir.ts';
import { createAcp } from './worker/acp/definition.ts';
import { createAcpx } from './worker/acpx/definition.ts';
import { createClaudeCode } from './worker/claude-code/definition.ts';
import { createDemo } from './worker/demo/definition.ts';
import { createOpenCodeCli } from './worker/opencode-cli/definition.ts';
import { createOpenCodeServer } from './worker/opencode-server/definition.ts';
import { createPi } from './worker/pi/definition.ts';
import { refuseStart } from './worker/refuse-start.ts';
import { createWorkerRegistry, type WorkerRegistry } from './worker/registry.ts';
import { withLevels } from './worker/with-levels.ts';
import type { IsolationChoice, WorkerDefinition } from './worker/worker.ts';

type WorkersOptions = {
  config: Config;
  clock: Clock;
  ids: Ids;
  /** Starts processes within these walls. */
  spawn(isolation: Isolation): SpawnProcess;
  /** The walls of each type, and which its sessions may choose. Default: none. */
  isolation?: Pick<ChosenIsolation, 'of'>;
  environment: Readonly<Record<string, string | undefined>>;
  /** Where agents of ours keep what a session needs to go on. */
  stateDir: string;
  /** Whether agents may outlive the gateway. */
  lasting: boolean;
};

/** The table of worker types this gateway can run. */
export function createWorkers({
  config,
  clock,
  ids,
  spawn: spawnWithin,
  isolation = { of: () => unwalled },
  environment,
  stateDir,
  lasting,
}: WorkersOptions): WorkerRegistry {
  const { claude_code, opencode, pi, acp, acpx, prewarm, allow_bypass } = config.worker;
  const spares = { clock, size: prewarm.spares, maxWaitMs: prewarm.max_wait };
  const walled = (type: string, create: (given: Given) => WorkerDefinition): WorkerDefinition => {
    const { least, at } = isolation.of(type);
    const createAt = (level: IsolationLevel) => {
      const found = at[level];
      const walls = 'refused' in found ? noIsolation : found;
      const isWalled = walls.level === 'sandbox' || walls.level === 'container';
      const spawn = spawnWithin(walls);
      const made = create({
        clock,
        ids,
        environment,
        spawn,
        isWalled,
        allowBypass: allow_bypass && isWalled,
      });
      const definition = { ...made, accepts: new Set([...made.accepts, 'isolation' as const]) };
      const living = lasting ? definition : withoutLife(definition);
      return 'refused' in found ? withoutWalls(living, { reason: found.refused, spawn }) : living;
    };
    const choices = isolationLevels.map((level): IsolationChoice => {
      const found = at[level];
      return 'refused' in found
        ? { level, refused: { problem: found.problem, reason: found.refused } }
        : { level };
    });
    return withLevels({ least, choices, create: createAt, spares });
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
        stateDir: join(stateDir, 'acpx'),
      }),
    ),
    walled('demo', (given) => createDemo({ ...given, dataDir: stateDir })),
  ];
  return createWorkerRegistry(definitions);
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
    stateDir: sharedDirOf(config),
    lasting: given.registry?.spool === true,
  });
}
