import type { SessionConfig } from '@hotplex/aep-protocol';
import { createMcpServerGuard } from './mcp-server-guard.ts';
import { refuseFlagValues } from './refuse-flag-values.ts';
import type { RegistryOptions } from './session/registry-options.ts';
import type { WorkDirRules } from './session/work-dir.ts';
import type { WorkerRegistry } from './worker/registry.ts';

type Rules = Pick<RegistryOptions, 'defaultWorkDir' | 'workDirRules' | 'checkConfig' | 'findWorker'>;

type Parts = {
  workers: WorkerRegistry;
  defaultWorkDir: string;
  workDirRules: WorkDirRules;
  /** May grow. */
  gatewayPorts: readonly number[];
};

/** Where a session may be, with which agent, and what may be wished of that. */
export function sessionRulesOf({ workers, defaultWorkDir, workDirRules, gatewayPorts }: Parts): Rules {
  const guardMcpServers = createMcpServerGuard(gatewayPorts);
  return {
    ...{ defaultWorkDir, workDirRules },
    findWorker: (type, config?: SessionConfig) => workers.find(type, config),
    checkConfig(given) {
      refuseFlagValues(given);
      guardMcpServers(given);
    },
  };
}
