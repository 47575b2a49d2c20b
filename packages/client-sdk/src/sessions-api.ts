import type {
  ServerCapabilities,
  ServerEnvelope,
  SessionConfig,
  SessionState,
  SessionTotals,
} from '@hotplex/aep-protocol';
import { AepError } from './aep-error.ts';
import type { Auth } from './client-options.ts';
import { httpOrigin } from './web-socket.ts';

/** A session as the gateway lists it; field names are those of the wire. */
export type SessionSummary = {
  id: string;
  title: string | null;
  worker_type: string;
  state: SessionState;
  work_dir: string;
  config: SessionConfig;
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
};

export type AgentSummary = {
  type: string;
  title: string;
  available: boolean;
  version: string | null;
  /** The version HotPlex was tested with; null for what is part of it. */
  tested?: string | null;
  reason?: string;
  install?: string;
  accepts: (keyof SessionConfig)[];
  permission_modes?: string[];
  models?: { id: string; name?: string; description?: string }[];
  /** What it can do, as `init_ack` says it of a session. */
  capabilities?: Partial<ServerCapabilities>;
};

export type AgentList = { agents: AgentSummary[]; default_work_dir: string };
export type EventPage = { events: ServerEnvelope[]; oldestSeq: number; lastSeq: number; epoch: string };

/** A place where all words of a search are; field names are those of the wire. */
export type SearchHit = {
  session_id: string;
  /** The session's title. */
  title: string | null;
  kind: 'prompt' | 'message' | 'title';
  /** The number of the event where the text begins; 0 for a title. */
  seq: number;
  timestamp: number;
  snippet: string;
  /** Where in the snippet words are: start and length, in UTF-16 units. */
  highlights: [number, number][];
};

type SessionsOptions = { url: string; auth?: Auth; fetch?: typeof fetch };
type Request = { method?: string; body?: unknown; query?: Record<string, string | number | undefined> };

/** Sessions by HTTP: list, make, read and remove them without a socket. */
export class SessionsApi {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  agents(): Promise<AgentList> {
    return this.#json('/api/agents');
  }

  async list({
    limit,
    cursor,
  }: {
    limit?: number;
    cursor?: string;
  } = {}): Promise<{ sessions: SessionSummary[]; nextCursor: string | null }> {
    const page = await this.#json<{ sessions: SessionSummary[]; next_cursor: string | null }>(
      '/api/sessions',
      { query: { limit, cursor } },
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
    return this.#json('/api/sessions', {
      method: 'POST',
      body: { worker_type: workerType, title, client_key: clientKey, config },
    });
  }

  get(id: string): Promise<SessionSummary> {
    return this.#json(`/api/sessions/${encodeURIComponent(id)}`);
  }

  rename(id: string, title: string): Promise<SessionSummary> {
    return this.#json(`/api/sessions/${encodeURIComponent(id)}`, { method: 'PATCH', body: { title } });
  }

  /** A session that goes on from this one, with a copy of its log; with `workDir` in another folder. */
  fork(id: string, { title, workDir }: { title?: string; workDir?: string } = {}): Promise<SessionSummary> {
    return this.#json(`/api/sessions/${encodeURIComponent(id)}/fork`, {
      method: 'POST',
      body: { title, work_dir: workDir },
    });
  }

  async remove(id: string): Promise<void> {
    await this.#request(`/api/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  /** One page of the log: after a number, or the last ones before a number. */
  async events(
    id: string,
    { after, before, limit }: { after?: number; before?: number; limit?: number } = {},
  ): Promise<EventPage> {
    type Page = { events: unknown[]; oldest_seq: number; last_seq: number; epoch: string };
    const page = await this.#json<Page>(`/api/sessions/${encodeURIComponent(id)}/events`, {
      query: { after, before, limit },
    });
    // The schemas are large, and a page that only lists sessions does without them.
    const { decodeServerFrame } = await import('@hotplex/aep-protocol');
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

  /** Prompts, answers and titles with all words of `text` in them, newest first. A short page may have a next one. */
  async search(
    text: string,
    { limit, cursor }: { limit?: number; cursor?: string } = {},
  ): Promise<{ hits: SearchHit[]; nextCursor: string | null }> {
    const page = await this.#json<{ hits: SearchHit[]; next_cursor: string | null }>('/api/search', {
      query: { q: text, limit, cursor },
    });
    return { hits: page.hits, nextCursor: page.next_cursor };
  }

  async #json<T>(path: string, request?: Request): Promise<T> {
    const response = await this.#request(path, request);
    return (await response.json()) as T;
  }

  async #request(path: string, request: Request = {}, isRetry = false): Promise<Response> {
    const { url, auth, fetch: send = globalThis.fetch } = this.#options;
    const address = new URL(path, httpOrigin(url));
    for (const [name, value] of Object.entries(request.query ?? {}))
      if (value !== undefined) address.searchParams.set(name, String(value));
    const token = typeof auth === 'function' ? await auth() : auth;
    const headers: Record<string, string> = {};
    if (token !== undefined)
      headers[token.split('.').length === 3 ? 'authorization' : 'x-api-key'] =
        token.split('.').length === 3 ? `Bearer ${token}` : token;
    if (request.body !== undefined) headers['content-type'] = 'application/json';
    const response = await send(address, {
      method: request.method ?? 'GET',
      headers,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    if (response.ok) return response;
    if (response.status === 401 && typeof auth === 'function' && !isRetry)
      return this.#request(path, request, true);
    throw await toError(response);
  }
}

async function toError(response: Response): Promise<AepError> {
  const fallback = {
    code: 'HTTP_ERROR',
    message: `the gateway answered ${response.status}`,
    details: { status: response.status },
  };
  const body = (await response.json().catch(() => ({}))) as {
    error?: { code: string; message: string; details?: Record<string, unknown> };
  };
  return new AepError(body.error ?? fallback);
}
