import { GatewayError } from '../../ground/gateway-error.ts';
import { type AcpAgent, defaultAgent, knownAgents } from './known-agents.ts';

/** An agent of the operator's own, or another program for a known one. */
export type ConfiguredAgent = {
  command: string;
  args?: readonly string[] | undefined;
  /** Names of the operator's environment that it gets. */
  environment?: readonly string[] | undefined;
  /** Folders in which it writes, where there are walls around it. */
  state_dirs?: readonly string[] | undefined;
};

/** What the session asked for. Throws CONFIG_INVALID naming what there is. */
export function chooseAgent(
  name: string = defaultAgent,
  configured: Readonly<Record<string, ConfiguredAgent>> = {},
): AcpAgent {
  const known = Object.hasOwn(knownAgents, name) ? knownAgents[name] : undefined;
  const own = Object.hasOwn(configured, name) ? configured[name] : undefined;
  if (own) {
    const { command, args = known?.args ?? [], environment = [], state_dirs: stateDirs } = own;
    const base = known ?? unknown(name, command);
    return { ...base, command, args, stateDirs, environment: [...base.environment, ...environment] };
  }
  if (known) return known;
  const names = [...new Set([...Object.keys(knownAgents), ...Object.keys(configured)])];
  const message = `agent ${JSON.stringify(name.slice(0, 64))} is not known here: use one of ${names.join(', ')}`;
  throw new GatewayError('CONFIG_INVALID', message, { details: { field: 'agent', known: names } });
}

function unknown(title: string, command: string): AcpAgent {
  return {
    name: title,
    title,
    command,
    args: [],
    install: `correct worker.acp.agents.${title}.command in the gateway's configuration`,
    signIn: `Sign in to ${title} as the user of the gateway.`,
    tested: null,
    environment: [],
  };
}
