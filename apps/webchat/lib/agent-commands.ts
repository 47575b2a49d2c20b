import type { ServerEnvelope } from '@hotplex/aep-protocol';

/** A slash command or a skill of an agent. */
export type AgentCommand = { name: string; description?: string | undefined };

/** All that the agent has told of by now, after one more event of its session. */
export function nextCommands(
  commands: readonly AgentCommand[] | undefined,
  { event }: ServerEnvelope,
): readonly AgentCommand[] | undefined {
  // A list that was asked for by a word is not all of them.
  return event.type === 'skills_list' && !event.data.filter ? event.data.skills : commands;
}
