import { childEnvironment } from '../../process/environment.ts';
import type { AcpAgent } from './known-agents.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const network = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'LOGNAME'],
];

/** The whole environment of an agent: what is named for it, and what it needs set. */
export function toAgentEnvironment(
  { environment, defaults = {} }: Pick<AcpAgent, 'environment' | 'defaults'>,
  inherited: Environment,
): Record<string, string> {
  const named = childEnvironment({ inherited, allow: [...network, ...environment] });
  return childEnvironment({ inherited: {}, extra: { ...defaults, ...named } });
}

/** The environment of a command that an agent runs by `terminal/create`: none of the agent's keys. */
export function toTerminalEnvironment(inherited: Environment, extra: Readonly<Record<string, string>>) {
  return childEnvironment({ inherited, allow: ['LOGNAME'], extra });
}
