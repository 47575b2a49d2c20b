import { resolve } from 'node:path';
import type { IsolationLevel } from '@hotplex/aep-protocol';
import { AepClient, AepError, type SessionSummary, SessionsApi } from '@hotplex/client-sdk';
import manifest from '../../package.json' with { type: 'json' };
import { StartError } from '../ground/start-error.ts';
import type { GatewayAccess } from './gateway-access.ts';
import { NotConnected } from './not-connected.ts';
import { UsageError } from './usage-error.ts';

type WantedSession = {
  agent?: string;
  cwd?: string;
  model?: string;
  isolation?: IsolationLevel;
  /** Goes on with this one. */
  session?: string;
};

/** Where to begin to listen; without it with what comes next. */
type Position = { lastSeq: number; epoch: string };

/** A gateway that is restarted is back within minutes. */
const patience = { minMs: 250, maxMs: 10_000, attempts: 40 };

/** A client for the session that is wanted: a new one, or the one that there is. Throws StartError, NotConnected, UsageError. */
export async function openSessionClient(
  access: GatewayAccess,
  { agent, cwd, model, isolation, session }: WantedSession,
  { name, position }: { name: string; position?: Position },
): Promise<AepClient> {
  const { isLocal } = access;
  const client = { name, version: manifest.version };
  const shared = { ...access, client, reconnect: patience, ...position };
  if (session !== undefined) {
    if ([agent, cwd, model, isolation].some((given) => given !== undefined))
      throw new UsageError(
        '--agent, --cwd, --model and --isolation are for new sessions: leave them out with a session that there is',
      );
    const { id, worker_type: workerType } = await findSession(access, session);
    return new AepClient({ ...shared, workerType, sessionId: id });
  }
  const workDir = cwd === undefined && !isLocal ? undefined : isLocal ? resolve(cwd ?? '.') : cwd;
  return new AepClient({
    ...shared,
    workerType: agent ?? process.env.HOTPLEX_AGENT ?? (await usualAgent(access)),
    config: {
      ...(workDir === undefined ? {} : { work_dir: workDir }),
      ...(model === undefined ? {} : { model }),
      ...(isolation === undefined ? {} : { isolation }),
    },
  });
}

/** The session that is meant by its id, or by how that begins, archived or not. Throws StartError. */
export async function findSession(access: GatewayAccess, named: string): Promise<SessionSummary> {
  const found: SessionSummary[] = [];
  for (const archived of [false, true])
    for await (const session of allSessions(access, { archived })) {
      if (session.id === named) return session;
      if (session.id.startsWith(named)) found.push(session);
    }
  const [session, ...others] = found;
  if (session && others.length === 0 && named.length >= 4) return session;
  if (found.length > 0)
    throw new StartError(`${named} is the beginning of ${found.length} sessions: write more of it`);
  throw new StartError(
    `there is no session ${named}: see hotplex sessions list, and the same with --archived`,
  );
}

/** All that the caller may see of those that are archived, or of those that are not, the newest first. */
export async function* allSessions(
  access: GatewayAccess,
  { archived = false }: { archived?: boolean } = {},
): AsyncGenerator<SessionSummary> {
  const api = new SessionsApi(access);
  let cursor: string | undefined;
  do {
    const page = await api
      .list({ limit: 200, archived, ...(cursor === undefined ? {} : { cursor }) })
      .catch(refused);
    yield* page.sessions;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** The first agent that is installed; the demo where there is none. */
async function usualAgent(access: GatewayAccess): Promise<string> {
  const { agents } = await new SessionsApi(access).agents().catch(refused);
  const usable = agents.filter(({ available }) => available);
  const chosen = usable.find(({ tested }) => tested !== null) ?? usable[0];
  if (!chosen) throw new StartError('no agent is installed: see hotplex agents');
  return chosen.type;
}

const doorCodes = new Set(['UNAUTHORIZED', 'AUTH_REQUIRED', 'FORBIDDEN', 'CONNECTION_LOST', 'CLIENT_CLOSED']);

/** Says in our words what kept a request from being answered. Always throws. */
export function refused(error: unknown): never {
  if (error instanceof AepError) {
    const words = error.remedy === undefined ? error.message : `${error.message}. ${error.remedy}`;
    if (doorCodes.has(error.code))
      throw new NotConnected(`the gateway does not let us in: ${words}`, { cause: error });
    throw new StartError(words, { cause: error });
  }
  // What fetch throws if nobody answers.
  if (error instanceof TypeError) {
    const reason = error.cause instanceof Error ? error.cause.message : error.message;
    throw new NotConnected(`the gateway cannot be reached: ${reason}`, { cause: error });
  }
  throw error;
}
