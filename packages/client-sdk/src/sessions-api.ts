import {
  decodeServerFrame,
  type IsolationLevel,
  type ServerEnvelope,
  type SessionConfig,
  type SessionState,
  type SessionTotals,
} from '@hotplex/aep-protocol';
import type { AgentList } from './agent-summary.ts';
import { GatewayHttp, type GatewayHttpOptions } from './gateway-http.ts';
import type { RewindOptions, RewindPreview, RewindResult } from './rewind.ts';
import type { WorkDirFile, WorkDirPath } from './work-dir-file.ts';
import type { WorkFolderList } from './work-folder.ts';

/** A session as the gateway lists it; field names are those of the wire. */
export type SessionSummary = {
  id: string;
  title: string | null;
  /** Whether it was put away; a prompt takes it back. */
  archived?: boolean;
  worker_type: string;
  state: SessionState;
  work_dir: string;
  config: SessionConfig;
  /** What keeps its agent from the rest of the machine; null for an agent that is not there any more. */
  isolation?: IsolationLevel | null;
  created_at: string;
  updated_at: string;
  epoch: string;
  last_seq: number;
  turn: { id: string; first_seq: number } | null;
  totals: SessionTotals;
  /** Open permission requests and questions. */
  pending: number;
  /** Prompts that wait for their turn. */
  queued: number;
  /** How a person on the gateway's machine goes on in a terminal, program and arguments; null where that is impossible. */
  terminal_command?: readonly string[] | null;
};

/** How a session branches off another: at its end, or, if one is named, before a turn and its prompt or after a turn. */
export type ForkOptions = {
  title?: string;
  /** Where it works; default: where the other one does. */
  workDir?: string;
  beforeTurn?: string;
  afterTurn?: string;
};

export type EventPage = { events: ServerEnvelope[]; oldestSeq: number; lastSeq: number; epoch: string };

/** A place where all words of a search are; field names are those of the wire. */
export type SearchHit = {
  session_id: string;
  /** The session's title. */
  title: string | null;
  /** Whether the session was put away. */
  archived?: boolean;
  kind: 'prompt' | 'message' | 'title';
  /** The number of the event where the text begins; 0 for a title. */
  seq: number;
  timestamp: number;
  snippet: string;
  /** Where in the snippet words are: start and length, in UTF-16 units. */
  highlights: [number, number][];
};

/** Sessions by HTTP: list, make, read and remove them without a socket. */
export class SessionsApi {
  readonly #http: GatewayHttp;

  constructor(options: GatewayHttpOptions) {
    this.#http = new GatewayHttp(options);
  }

  agents(): Promise<AgentList> {
    return this.#http.json('/api/agents');
  }

  /** Folders in which sessions may work, and those on the way to them: in `path`, or without it where to begin. */
  folders(path?: string, { signal }: { signal?: AbortSignal } = {}): Promise<WorkFolderList> {
    return this.#http.json('/api/folders', { query: { path }, ...(signal ? { signal } : {}) });
  }

  /** Newest change first: those that were put away (`archived`), or the others. */
  async list({
    limit,
    cursor,
    archived,
    looking,
  }: {
    limit?: number;
    cursor?: string;
    archived?: boolean;
    /** Whether somebody looks at what comes of it: then none of his devices is called. */
    looking?: boolean;
  } = {}): Promise<{ sessions: SessionSummary[]; nextCursor: string | null }> {
    const page = await this.#http.json<{ sessions: SessionSummary[]; next_cursor: string | null }>(
      '/api/sessions',
      { query: { limit, cursor, archived: textOf(archived), looking: textOf(looking) } },
    );
    return { sessions: page.sessions, nextCursor: page.next_cursor };
  }

  create({
    workerType,
    title,
    clientKey,
    config,
  }: {
    workerType: string;
    title?: string;
    clientKey?: string;
    config?: SessionConfig;
  }): Promise<SessionSummary> {
    return this.#http.json('/api/sessions', {
      method: 'POST',
      body: { worker_type: workerType, title, client_key: clientKey, config },
    });
  }

  get(id: string): Promise<SessionSummary> {
    return this.#http.json(`/api/sessions/${encodeURIComponent(id)}`);
  }

  rename(id: string, title: string): Promise<SessionSummary> {
    return this.#http.json(`/api/sessions/${encodeURIComponent(id)}`, { method: 'PATCH', body: { title } });
  }

  /** Puts a session away, out of the list, or takes it back. */
  archive(id: string, archived: boolean): Promise<SessionSummary> {
    return this.#http.json(`/api/sessions/${encodeURIComponent(id)}`, {
      method: 'PATCH',
      body: { archived },
    });
  }

  /** A session that goes on from this one, with a copy of its log. */
  fork(id: string, { title, workDir, beforeTurn, afterTurn }: ForkOptions = {}): Promise<SessionSummary> {
    return this.#http.json(`/api/sessions/${encodeURIComponent(id)}/fork`, {
      method: 'POST',
      body: { title, work_dir: workDir, before_turn: beforeTurn, after_turn: afterTurn },
    });
  }

  /** What going back to before a turn would do; it changes nothing. */
  previewRewind(
    id: string,
    turnId: string,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<RewindPreview> {
    return this.#http.json(`/api/sessions/${encodeURIComponent(id)}/rewind`, {
      query: { turn_id: turnId },
      ...(signal ? { signal } : {}),
    });
  }

  /** Takes the agent, the files or both back to before a turn. Rejects with AepError if the files are other than `seen`. */
  rewind(
    id: string,
    { turnId, conversation, files, seen, keepEdited }: RewindOptions,
  ): Promise<RewindResult> {
    return this.#http.json(`/api/sessions/${encodeURIComponent(id)}/rewind`, {
      method: 'POST',
      body: { turn_id: turnId, conversation, files, seen, keep_edited: keepEdited },
    });
  }

  async remove(id: string): Promise<void> {
    await this.#http.send(`/api/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  /** One page of the log: after a number, or the last ones before a number. */
  async events(
    id: string,
    { after, before, limit }: { after?: number; before?: number; limit?: number } = {},
  ): Promise<EventPage> {
    type Page = { events: unknown[]; oldest_seq: number; last_seq: number; epoch: string };
    const page = await this.#http.json<Page>(`/api/sessions/${encodeURIComponent(id)}/events`, {
      query: { after, before, limit },
    });
    const events = page.events.flatMap((event) => {
      const decoded = decodeServerFrame(JSON.stringify(event));
      return decoded.outcome === 'event' ? [decoded.envelope] : [];
    });
    return { events, oldestSeq: page.oldest_seq, lastSeq: page.last_seq, epoch: page.epoch };
  }

  /** The whole log after a number, page by page. */
  async *allEvents(id: string, { after = 0 }: { after?: number } = {}): AsyncGenerator<ServerEnvelope> {
    for (let last = after; ; ) {
      const page = await this.events(id, { after: last, limit: 1_000 });
      yield* page.events;
      const next = page.events.at(-1)?.seq ?? page.lastSeq;
      if (next >= page.lastSeq || next <= last) return;
      last = next;
    }
  }

  /** Files and folders of its work dir with `query` in their path, the most likely first; without one what lies at its top. */
  async paths(
    id: string,
    query: string,
    { limit, signal }: { limit?: number; signal?: AbortSignal } = {},
  ): Promise<WorkDirPath[]> {
    const { paths } = await this.#http.json<{ paths: WorkDirPath[] }>(
      `/api/sessions/${encodeURIComponent(id)}/paths`,
      { query: { q: query, limit }, ...(signal ? { signal } : {}) },
    );
    return paths;
  }

  /** A file of its work dir. What may hold a secret is refused. */
  file(id: string, path: string, { signal }: { signal?: AbortSignal } = {}): Promise<WorkDirFile> {
    return this.#http.json(`/api/sessions/${encodeURIComponent(id)}/paths/content`, {
      query: { path },
      ...(signal ? { signal } : {}),
    });
  }

  /** The bytes of such a file. */
  async fileBytes(id: string, path: string, { signal }: { signal?: AbortSignal } = {}): Promise<Blob> {
    const response = await this.#http.send(`/api/sessions/${encodeURIComponent(id)}/paths/bytes`, {
      query: { path },
      ...(signal ? { signal } : {}),
    });
    return response.blob();
  }

  /** Prompts, answers and titles with all words of `text` in them, newest first. A short page may have a next one. */
  async search(
    text: string,
    { limit, cursor }: { limit?: number; cursor?: string } = {},
  ): Promise<{ hits: SearchHit[]; nextCursor: string | null }> {
    const page = await this.#http.json<{ hits: SearchHit[]; next_cursor: string | null }>('/api/search', {
      query: { q: text, limit, cursor },
    });
    return { hits: page.hits, nextCursor: page.next_cursor };
  }
}

const textOf = (flag: boolean | undefined) => (flag === undefined ? undefined : String(flag));
