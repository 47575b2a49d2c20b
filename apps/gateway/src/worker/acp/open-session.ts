import * as z from 'zod';
import { authRequired } from '../acp-session/failure.ts';
import { type SessionState, sessionState } from '../acp-session/settings.ts';
import type { AgentConnection } from './agent-connection.ts';
import { RequestError } from './request-error.ts';

const initialized = z.looseObject({
  protocolVersion: z.int(),
  agentInfo: z.looseObject({ version: z.string().nullish() }).nullish(),
  agentCapabilities: z
    .looseObject({
      loadSession: z.boolean().nullish(),
      sessionCapabilities: z.looseObject({ resume: z.unknown().optional() }).nullish(),
      mcpCapabilities: z.looseObject({ http: z.boolean().nullish(), sse: z.boolean().nullish() }).nullish(),
    })
    .nullish(),
});
export type AgentFacts = { version?: string; resumesBy: 'session/resume' | 'session/load' | undefined };

const protocolVersion = 1;

/** The first exchange. Rejects with words for people if the agent speaks another version. */
export async function initialize(connection: AgentConnection): Promise<AgentFacts> {
  const answer = await connection.request('initialize', {
    protocolVersion,
    clientCapabilities: { fs: { readTextFile: true, writeTextFile: true }, terminal: true },
    clientInfo: { name: 'hotplex', title: 'HotPlex', version: '0.1.0' },
  });
  const { agentInfo, agentCapabilities, protocolVersion: spoken } = initialized.parse(answer);
  if (spoken !== protocolVersion)
    throw new Error(`it speaks version ${spoken} of the protocol, and we ${protocolVersion}`);
  const { loadSession, sessionCapabilities } = agentCapabilities ?? {};
  const resumesBy = sessionCapabilities?.resume ? 'session/resume' : loadSession ? 'session/load' : undefined;
  return { resumesBy, ...(agentInfo?.version ? { version: agentInfo.version } : {}) };
}

export type OpenSessionOptions = {
  connection: AgentConnection;
  cwd: string;
  mcpServers: readonly Record<string, unknown>[];
  /** What the agent is told beside, in its own words. */
  meta?: Readonly<Record<string, unknown>> | undefined;
  resume: { sessionId: string; by: AgentFacts['resumesBy'] } | undefined;
};
export type OpenedSession = { sessionId: string; state: SessionState; lost?: string };

/** Goes on with the session, or makes a new one and says what was lost. Rejects if neither is possible. */
export async function openSession({
  connection,
  cwd,
  mcpServers,
  meta,
  resume,
}: OpenSessionOptions): Promise<OpenedSession> {
  const how = { cwd, mcpServers, ...(meta && { _meta: meta }) };
  let lost: string | undefined;
  if (resume?.by) {
    try {
      const { sessionId, by } = resume;
      const answer = await connection.request(by, { sessionId, ...how });
      return { sessionId, state: sessionState.parse(answer ?? {}) };
    } catch (error) {
      // Who is not signed in, or gone, loses nothing.
      if (!(error instanceof RequestError) || error.code === authRequired) throw error;
      lost = `the agent no longer has this conversation (${error.message})`;
    }
  } else if (resume) lost = 'this agent cannot go on with a conversation of an earlier process';
  const state = sessionState.parse(await connection.request('session/new', how));
  if (!state.sessionId) throw new Error('it opened a session without an id');
  return { sessionId: state.sessionId, state, ...(lost === undefined ? {} : { lost }) };
}
