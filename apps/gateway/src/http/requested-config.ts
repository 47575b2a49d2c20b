import { type SessionConfig, sessionConfig } from '@hotplex/aep-protocol';
import { GatewayError } from '../ground/gateway-error.ts';

/** What a request wants of the agent. Throws CONFIG_INVALID naming the first field that is wrong. */
export function toRequestedConfig(given: unknown = {}): SessionConfig {
  const config = sessionConfig.safeParse(given);
  if (config.success) return config.data;
  const [issue] = config.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new GatewayError('CONFIG_INVALID', `config.${field} is not valid`, { details: { field } });
}
