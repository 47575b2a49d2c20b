import type { SessionConfig } from '@hotplex/aep-protocol';
import { GatewayError } from '../ground/gateway-error.ts';
import { StartError } from '../ground/start-error.ts';
import type { WorkerDefinition } from './worker.ts';

/** Names under which other gateways and older clients know a worker type. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['claude-code', 'claude_code'],
  ['claude', 'claude_code'],
  ['opencode', 'opencode_cli'],
  ['opencode-cli', 'opencode_cli'],
  ['opencode-server', 'opencode_server'],
  ['pi-mono', 'pi'],
]);

export type WorkerRegistry = {
  readonly definitions: readonly WorkerDefinition[];
  /**
   * As a session of this configuration gets it. Throws CONFIG_INVALID naming what there is: no stub ever answers (rule
   * H7).
   */
  find(type: string, config?: SessionConfig): { definition: WorkerDefinition; config?: SessionConfig };
};

/** The worker types of this gateway, by their names and aliases. Throws StartError if two adapters claim one type. */
export function createWorkerRegistry(definitions: readonly WorkerDefinition[]): WorkerRegistry {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]));
  for (const definition of definitions) {
    if (byType.get(definition.type) === definition) continue;
    throw new StartError(`two adapters claim the worker type ${definition.type}; remove one of them`);
  }
  return {
    definitions,
    find(asked, { isolation } = {}) {
      const agent = /^acpx_(.+)$/.exec(asked)?.[1];
      const found = byType.get(agent === undefined ? (aliases.get(asked) ?? asked) : 'acpx');
      const definition = isolation === undefined ? found : (found?.within?.(isolation) ?? found);
      if (definition) return agent === undefined ? { definition } : { definition, config: { agent } };
      const known = [...byType.keys()].join(', ');
      throw new GatewayError(
        'CONFIG_INVALID',
        `worker_type ${JSON.stringify(asked.slice(0, 64))} is not known here: use one of ${known}`,
        { details: { field: 'worker_type', known: [...byType.keys()] } },
      );
    },
  };
}
