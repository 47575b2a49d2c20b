import type { SessionConfig } from '@hotplex/aep-protocol';
import { GatewayError } from '../../ground/gateway-error.ts';

export type LaunchOptions = {
  config: SessionConfig;
  /** The conversation to begin or to go on with. NOTE: Pi looks for it among those of its work dir. */
  sessionId: string;
  /** The conversation that it branches off, if it is a new one. */
  fork?: string | undefined;
  /** Absolute path of our extension. */
  gate: string;
  /** The operator trusts this work dir to configure the agent: its extensions, settings, MCP servers, instructions. */
  trusted: boolean;
  /** Where conversations are kept, whatever an untrusted work dir says. */
  sessionFolder: string | undefined;
};

/** The arguments of Pi. NOTE: it takes a value as the next argument only, so none may look like a flag. */
export function toArguments({
  config,
  sessionId,
  fork,
  gate,
  trusted,
  sessionFolder,
}: LaunchOptions): string[] {
  checkToolNames('allowed_tools', config.allowed_tools);
  checkToolNames('disallowed_tools', config.disallowed_tools);
  return [
    ...['--mode', 'rpc'],
    ...flag('session-id', sessionId),
    ...(fork === undefined ? [] : flag('fork', fork)),
    ...flag('extension', gate),
    // NOTE: Pi reads AGENTS.md of a work dir that is not trusted, and lets its settings name the folder of conversations.
    ...(trusted ? ['--approve'] : ['--no-approve', '--no-context-files']),
    ...(trusted || sessionFolder === undefined ? [] : flag('session-dir', sessionFolder)),
    ...(config.model === undefined ? [] : flag('model', config.model)),
    ...(config.disallowed_tools?.length ? flag('exclude-tools', config.disallowed_tools.join(',')) : []),
  ];
}

/** A value that looks like a flag, or that no argument can carry, is refused rather than escaped. */
function flag(name: string, value: string): [string, string] {
  if (value === '' || value.startsWith('-') || value.includes('\0')) {
    throw new GatewayError('CONFIG_INVALID', `${JSON.stringify(value)} is no possible value of ${name}`);
  }
  return [`--${name}`, value];
}

/** Names of tools with `*` for any letters; Pi has no rules about what a tool is called with. */
function checkToolNames(field: string, names: readonly string[] = []): void {
  const wrong = names.find((name) => !/^[A-Za-z0-9_*][A-Za-z0-9_*.-]*$/.test(name));
  if (wrong === undefined) return;
  throw new GatewayError('CONFIG_INVALID', `${JSON.stringify(wrong)} is no possible value of ${field}`);
}
