import type { SessionConfig } from '@hotplex/aep-protocol';
import { GatewayError } from './ground/gateway-error.ts';

/**
 * Refuses what an agent's program could take for an option of its own, before there is a session with it (D4); each
 * adapter refuses it once more where it makes arguments. Throws CONFIG_INVALID naming the field.
 */
export function refuseFlagValues(config: SessionConfig): void {
  const { model, agent, allowed_tools = [], disallowed_tools = [] } = config;
  const values = Object.entries({ model: [model], agent: [agent], allowed_tools, disallowed_tools });
  for (const [field, given] of values) {
    if (!given.some((value) => value !== undefined && isFlag(value))) continue;
    const message = `config.${field} cannot begin with a dash or hold a NUL: it would be an option of the agent’s program`;
    throw new GatewayError('CONFIG_INVALID', message, { details: { field } });
  }
}

const isFlag = (value: string) => value.startsWith('-') || value.includes('\0');
