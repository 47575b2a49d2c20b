import { childEnvironment } from '../../process/environment.ts';
import type { AcpAgent } from './known-agents.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const network = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'LOGNAME'],
];

/** The whole environment of an agent: what is named for it, and what it needs set. */
export function toAgentEnvironment(
  { environment: names, defaults = {} }: Pick<AcpAgent, 'environment' | 'defaults'>,
  inherited: Environment,
): Record<string, string> {
  // Its own marks are never inherited by another agent's child; this agent's settings it may be given.
  const own = Object.entries(inherited).flatMap(([name, value]) =>
    value !== undefined && names.some((pattern) => matches(name, pattern)) ? [[name, value] as const] : [],
  );
  const extra = { ...defaults, ...Object.fromEntries(own) };
  return childEnvironment({ inherited, allow: network, extra });
}

/** The environment of a command that an agent runs by `terminal/create`: none of the agent's keys. */
export function toTerminalEnvironment(inherited: Environment, extra: Readonly<Record<string, string>>) {
  return childEnvironment({ inherited, allow: ['LOGNAME'], extra });
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
