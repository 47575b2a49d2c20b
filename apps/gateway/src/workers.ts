import type { Config } from './config-schema.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import type { SpawnProcess } from './process/child-process.ts';
import { createAcp } from './worker/acp/definition.ts';
import { createClaudeCode } from './worker/claude-code/definition.ts';
import { createDemo } from './worker/demo/definition.ts';
import { createWorkerRegistry, type WorkerRegistry } from './worker/registry.ts';

type WorkersOptions = {
  config: Config;
  clock: Clock;
  ids: Ids;
  spawn: SpawnProcess;
  environment: Readonly<Record<string, string | undefined>>;
  dataDir: string;
};

/** The table of worker types this gateway can run. */
export function createWorkers({
  config,
  clock,
  ids,
  spawn,
  environment,
  dataDir,
}: WorkersOptions): WorkerRegistry {
  const { command } = config.worker.claude_code;
  const { agents } = config.worker.acp;
  return createWorkerRegistry([
    createClaudeCode({ clock, ids, spawn, environment, ...(command === undefined ? {} : { command }) }),
    createAcp({ clock, ids, spawn, environment, agents }),
    createDemo({ spawn, environment, dataDir }),
  ]);
}
