import type { SessionConfig } from '@hotplex/aep-protocol';
import { type Conversation, createConversation } from '../acp-session/conversation.ts';
import { noteState, type SessionState } from '../acp-session/settings.ts';
import type { AgentConnection } from './agent-connection.ts';
import { planModel } from './commands.ts';
import { type AgentFacts, initialize, openSession } from './open-session.ts';

export type Session = { id: string; state: SessionState };
export type BeginSessionOptions = {
  connection: AgentConnection;
  workDir: string;
  config: SessionConfig;
  mcpServers: readonly Record<string, unknown>[];
  meta: Readonly<Record<string, unknown>> | undefined;
  resume: string | undefined;
  /** Known once the agent has introduced itself. */
  facts: AgentFacts | undefined;
  /** The one that hears what the agent repeats while it loads a session. */
  before: Conversation;
};
export type BegunSession = { session: Session; facts: AgentFacts; conversation: Conversation; lost?: string };

/** Opens a session and makes the choices of its config. Rejects if the agent cannot, or does not offer the model. */
export async function beginSession(options: BeginSessionOptions): Promise<BegunSession> {
  const { connection, workDir: cwd, config, mcpServers, meta, resume, before } = options;
  const facts = options.facts ?? (await initialize(connection));
  before.replaying = resume !== undefined;
  const opened = await openSession({
    ...{ connection, cwd, mcpServers, meta },
    resume: resume === undefined ? undefined : { sessionId: resume, by: facts.resumesBy },
  });
  const { sessionId: id, state, lost } = opened;
  const conversation = createConversation({ resumed: resume !== undefined && lost === undefined });
  conversation.commands = before.commands;
  noteState(conversation, state);
  if (config.model !== undefined) {
    const plan = planModel(config.model, state, id);
    if (plan.by === 'us') throw new Error(wordsOf(plan.events));
    if (plan.by === 'request') {
      await connection.request(plan.request.method, plan.request.params);
      plan.onDone(conversation);
    }
  }
  return { session: { id, state }, facts, conversation, ...(lost === undefined ? {} : { lost }) };
}

function wordsOf(events: Extract<ReturnType<typeof planModel>, { by: 'us' }>['events']): string {
  return events.flatMap((event) => (event.type === 'error' ? [event.data.message] : [])).join('; ');
}
