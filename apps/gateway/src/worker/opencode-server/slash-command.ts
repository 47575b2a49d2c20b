import * as z from 'zod';
import type { WorkerInput } from '../worker.ts';
import type { PermissionPolicy } from './permission-policy.ts';

const words = z.string().nullish();

/** What `GET /command` tells of a command (observed with 1.18.33). */
export const listedCommand = z.looseObject({
  name: z.string(),
  description: words,
  /** `command`: OpenCode's own, or the operator's. Others are of a skill or of an MCP server. */
  source: words,
  template: z.unknown(),
  agent: words,
  model: words,
});
export type ListedCommand = z.infer<typeof listedCommand>;

/** A command of the agent as `POST /session/ID/command` takes it. */
export type SlashCommand = { command: string; arguments: string };

/** What decides with the prompt whether it is a command. */
export type CommandContext = {
  /** Names of the commands that are nothing but words, see `isOnlyWords`. */
  commands: ReadonlySet<string>;
  policy: Pick<PermissionPolicy, 'mode' | 'forbids'>;
  /** What the session adds to the system prompt. */
  system: string | undefined;
};

/**
 * What makes the agent do something while it reads a command, before anybody can be asked: it runs `` !`…` `` in a shell,
 * and attaches what is named behind an `@`. A placeholder without an argument is nothing, so it may stand between.
 */
const doing = /@|!(?:\$\w+)*`/;

/**
 * What could become that in a template which is harmless itself: in one with `` `$1` and `$2` `` an argument with a `!` at
 * its end begins a shell command. A `$` is a placeholder, or means something where the agent replaces one.
 */
const dangerous = /[`@$!]/;

/**
 * Whether a command is nothing but words for the agent that the session has. What a work dir brings is no configuration
 * (OPENCODE_DISABLE_PROJECT_CONFIG), and its skills say that they are such. An agent or a model of its own would stay the
 * session's.
 */
export function isOnlyWords({ source, template, agent, model }: ListedCommand): boolean {
  return source === 'command' && typeof template === 'string' && !doing.test(template) && !agent && !model;
}

/**
 * The command that a prompt begins with, if the agent may be given it as one: `/name`, and all that follows is for its
 * template. Undefined where that could do more than the same words: they are a prompt like others then. A command also
 * takes no system prompt, reads what is attached, does not keep to a plan, and has a sub-agent work where a session may
 * have none (`/review`, observed with 1.18.33).
 */
export function toSlashCommand(
  { content, parts = [] }: WorkerInput,
  { commands, policy, system }: CommandContext,
): SlashCommand | undefined {
  const [, name = '', rest = ''] = /^\/(\S+)\s*([\s\S]*)$/.exec(content) ?? [];
  if (!commands.has(name) || parts.length > 0 || dangerous.test(rest)) return undefined;
  if (policy.mode === 'plan' || policy.forbids('task') || system !== undefined) return undefined;
  return { command: name, arguments: rest.trimEnd() };
}
