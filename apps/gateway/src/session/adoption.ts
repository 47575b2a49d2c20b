import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import type { Metrics } from '../ground/metrics.ts';
import type { AgentConversation, SessionStore } from '../store/store.ts';
import type { TerminalConversations, WorkerDefinition } from '../worker/worker.ts';
import { countOpened } from './count-opened.ts';
import { toFirstTitle } from './first-title.ts';
import { newRecord } from './new-record.ts';
import { toPastLog } from './past-log.ts';
import type { RegistryOptions } from './registry-options.ts';
import { requirePossible } from './require-possible.ts';
import { requireSameConfig } from './require-same-config.ts';
import type { Session } from './session.ts';
import type { WatchedFiles } from './session-options.ts';
import type { SessionRegistry } from './session-registry.ts';
import { resolveWorkDir, type WorkDirRules } from './work-dir.ts';

/** A conversation in a terminal, and the session that goes on with it already. */
export type AdoptableConversation = {
  id: string;
  title: string | null;
  /** Unix milliseconds. */
  updatedAt: number;
  /** Null if there is none of this user. */
  sessionId: string | null;
};

export type AdoptionOptions = {
  store: SessionStore;
  clock: Clock;
  ids: Ids;
  metrics: Metrics;
  snapshots: Pick<WatchedFiles, 'start'>;
  sessions: Pick<SessionRegistry, 'find' | 'requireOpen'>;
  defaultWorkDir: string;
  workDirRules: WorkDirRules;
  findWorker: RegistryOptions['findWorker'];
  checkConfig: RegistryOptions['checkConfig'];
  /** Whether this user may see what was said in terminals of this machine. */
  mayAdopt(identity: Identity): boolean;
};

export type AdoptionRequest = { identity: Identity; workerType: string; config?: SessionConfig };

/** How many of them are listed. */
const most = 50;

/** Sessions that go on with what people began in a terminal of this machine, without the gateway. */
export class Adoption {
  readonly #options: AdoptionOptions;

  constructor(options: AdoptionOptions) {
    this.#options = options;
  }

  /** Whether any of it is for this user. */
  isFor(identity: Identity): boolean {
    return this.#options.mayAdopt(identity);
  }

  /**
   * What was begun with an agent in one work dir. What a session of this user goes on with is among them; what any other
   * session has, or had, is not: it was said there, or deleted. Throws FORBIDDEN, NOT_SUPPORTED, CONFIG_INVALID.
   */
  async list(request: AdoptionRequest): Promise<AdoptableConversation[]> {
    const { conversations, definition, workDir } = this.#look(request);
    const found = await conversations.list(workDir, most);
    return found.flatMap(({ id, about, updatedAt }) => {
      const had = this.#had(id, { identity: request.identity, definition });
      if (had && !isOpenTo(had, request.identity)) return [];
      return [{ id, title: toFirstTitle(about), updatedAt, sessionId: had?.sessionId ?? null }];
    });
  }

  /**
   * A session that goes on with one of them and begins with what was said in it; the one that does already, if it is
   * this user's. Throws as `list` does, CONFIG_INVALID if there is no such conversation or its session has another set-up,
   * and RECONNECT_REQUIRED while the gateway stops.
   */
  async adopt(id: string, request: AdoptionRequest): Promise<Session> {
    const { store, ids, sessions, snapshots, metrics } = this.#options;
    const { conversations, workDir, definition, implied } = this.#look(request);
    const { identity, config = {} } = request;
    requirePossible(config, { ...this.#options, definition });
    const turns = await conversations.read(workDir, id);
    const had = this.#had(id, { identity, definition });
    const known = had?.sessionId && isOpenTo(had, identity) && sessions.find(had.sessionId, identity);
    if (known) {
      requireSameConfig(known.record, config, this.#options.workDirRules);
      return known;
    }
    if (!turns || had) {
      const message = `${definition.title} keeps no conversation ${id} in ${workDir}: list those it has`;
      throw new GatewayError('CONFIG_INVALID', message, { details: { field: 'conversation' } });
    }
    sessions.requireOpen();
    const title = toFirstTitle(turns[0]?.prompt ?? '') ?? undefined;
    const fresh = newRecord({ identity, definition, key: '', config, title }, { ...this.#options, implied });
    const { events, totals } = toPastLog(turns, ids);
    const record = { ...fresh, nativeSessionId: id, isNamed: false, state: 'idle' as const };
    store.create(record, { events, session: { totals } });
    countOpened(record, { metrics });
    const session = sessions.find(record.id, identity);
    if (!session) throw new Error(`session ${record.id} is not there after it was made`);
    session.holdUntil(snapshots.start(record));
    await session.settled();
    return session;
  }

  /** The session that has or had it, of whatever type; before one of this user's, one that is not. */
  #had(
    id: string,
    { identity, definition }: { identity: Identity; definition: WorkerDefinition },
  ): AgentConversation | undefined {
    const types = [definition.type, ...(definition.terminalConversations?.sharedWith ?? [])];
    const all = types.flatMap((type) => this.#options.store.agentConversation(type, id) ?? []);
    return all.find((had) => !isOpenTo(had, identity)) ?? all[0];
  }

  #look({ identity, workerType, config }: AdoptionRequest) {
    const { mayAdopt, findWorker, defaultWorkDir, workDirRules } = this.#options;
    if (!mayAdopt(identity)) {
      const message =
        'what was said in terminals of this machine is not yours to see: the operator names in worker.terminal_users who may';
      throw new GatewayError('FORBIDDEN', message);
    }
    const { definition, config: implied } = findWorker(workerType, config);
    const workDir = resolveWorkDir(config?.work_dir ?? defaultWorkDir, workDirRules);
    return { definition, implied, workDir, conversations: requireConversations(definition) };
  }
}

/** Whether it is this user's, and there. */
const isOpenTo = ({ ownerId, sessionId }: AgentConversation, { subject }: Identity) =>
  sessionId !== null && ownerId === subject;

function requireConversations({ title, terminalConversations }: WorkerDefinition): TerminalConversations {
  if (terminalConversations) return terminalConversations;
  const message = `${title} does not tell which conversations it has: open a new session`;
  throw new GatewayError('NOT_SUPPORTED', message);
}
