import type { Conversation } from '../acp-session/conversation.ts';
import { type SessionState, toModeChoice, toModelChoice } from '../acp-session/settings.ts';
import type { WorkerReady } from '../worker.ts';
import type { AgentFacts } from './open-session.ts';

/** What the agent offers in this session. */
export function toReady(
  { version }: AgentFacts,
  state: SessionState,
  { commands }: Conversation,
): WorkerReady {
  const models = toModelChoice(state)?.values.map(({ id, name }) => ({ id, name: name ?? id }));
  const modes = toModeChoice(state)?.values.map(({ id }) => id);
  return {
    ...(models ? { models } : {}),
    ...(commands.length > 0 ? { commands: [...commands] } : {}),
    ...(modes ? { permission_modes: modes } : {}),
    ...(version === undefined ? {} : { version }),
  };
}
