import type { SessionConfig } from '@hotplex/aep-protocol';
import { fromPointWord } from '../../ground/conversation-point.ts';
import { GatewayError } from '../../ground/gateway-error.ts';

export type LaunchOptions = {
  config: SessionConfig;
  /** The conversation to go on with, or the id of the new one, which may branch off another, or a point in it. */
  conversation: { resume: string } | { create: string; fork?: string | undefined };
  /** The operator trusts this work dir to configure the agent: its hooks, MCP servers, permissions, instructions. */
  trusted: boolean;
};

/** NOTE: --verbose is demanded by stream-json; --permission-prompt-tool is hidden from --help and routes permissions to us. */
const always = [
  '-p',
  '--input-format=stream-json',
  '--output-format=stream-json',
  '--verbose',
  '--include-partial-messages',
  '--permission-prompt-tool=stdio',
];

/**
 * Never offered: the first two reach the sessions of others on this machine, the rest would wake an idle process
 * and spend money when nobody asked.
 */
const withheldTools = ['ListAgents', 'SendMessage', 'CronCreate', 'CronDelete', 'CronList', 'ScheduleWakeup'];

/** The arguments of Claude Code. Each value stands behind its own `--flag=`, so none can become a flag. */
export function toArguments({ config, conversation, trusted }: LaunchOptions): string[] {
  return [
    ...always,
    // `user` holds the operator's sign-in helpers and choices. The repository's settings are untrusted code: hooks,
    // MCP servers and base URLs of `.claude/` and `.mcp.json`; leaving them out leaves out its CLAUDE.md too.
    flag('setting-sources', trusted ? 'user,project,local' : 'user'),
    ...toConversation(conversation),
    ...optional('model', config.model),
    ...optional('permission-mode', config.permission_mode),
    ...optional('max-turns', config.max_turns?.toString()),
    ...list('allowedTools', config.allowed_tools ?? []),
    ...list('disallowedTools', [...withheldTools, ...(config.disallowed_tools ?? [])]),
  ];
}

function toConversation(conversation: LaunchOptions['conversation']): string[] {
  if ('resume' in conversation) return [flag('resume', conversation.resume)];
  const { create, fork } = conversation;
  return [...(fork === undefined ? [] : toBranch(fork)), flag('session-id', create)];
}

/** NOTE: --resume-session-at is hidden from --help; it keeps what was said up to that answer, and that one. */
function toBranch(fork: string): string[] {
  const { conversation, last } = fromPointWord(fork);
  return [flag('resume', conversation), '--fork-session', ...optional('resume-session-at', last)];
}

function flag(name: string, value: string): string {
  return `--${name}=${harmless(name, value)}`;
}

function optional(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [flag(name, value)];
}

function list(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [flag(name, values.map((value) => harmless(name, value)).join(','))];
}

/** A value that looks like a flag, or that no argument can carry, is refused rather than escaped. */
function harmless(name: string, value: string): string {
  if (value === '' || value.startsWith('-') || value.includes('\0')) {
    throw new GatewayError('CONFIG_INVALID', `${JSON.stringify(value)} is no possible value of ${name}`);
  }
  return value;
}
