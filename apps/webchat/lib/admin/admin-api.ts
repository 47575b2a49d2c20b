type Query = Readonly<Record<string, string | undefined>>;

/** The routes of operators; what a person may ask there the gateway decides. */
export type AdminApi = {
  /** Rejects with the gateway's refusal, its `code` and its words. */
  get: <Report>(path: string, query?: Query, signal?: AbortSignal) => Promise<Report>;
  terminate: (sessionId: string) => Promise<void>;
  remove: (sessionId: string) => Promise<void>;
  /** Puts an earlier version of the configuration in force. */
  rollback: (version: number) => Promise<void>;
};

type Said = { code?: string; message?: string; details?: unknown };

/** What the gateway says when it refuses. */
class Refusal extends Error {
  readonly code: string;
  readonly details: unknown;

  constructor({ code = 'HTTP_ERROR', message, details }: Said, status: number) {
    super(message ?? `the gateway answered ${status}`);
    this.code = code;
    this.details = details;
  }
}

/** Asks with the credential that `fetch` brings along. */
export function createAdminApi({ fetch }: { fetch: typeof globalThis.fetch }): AdminApi {
  const ask = async (path: string, init: RequestInit = {}, accepted: readonly number[] = []) => {
    const response = await fetch(`/api/admin/${path}`, init);
    if (response.ok || accepted.includes(response.status)) return response;
    const body = (await response.json().catch(() => ({}))) as { error?: Said };
    throw new Refusal(body.error ?? {}, response.status);
  };
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    await ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  const sessionPath = (id: string) => `sessions/${encodeURIComponent(id)}`;
  return {
    get: async <Report>(path: string, query: Query = {}, signal?: AbortSignal) => {
      const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
      const search = new URLSearchParams(given);
      // Bad health is an answer like another.
      const response = await ask(
        `${path}?${search}`,
        signal ? { signal } : {},
        path === 'health' ? [503] : [],
      );
      return (await response.json()) as Report;
    },
    terminate: (id) => post(`${sessionPath(id)}/terminate`, {}),
    remove: async (id) => void (await ask(sessionPath(id), { method: 'DELETE' })),
    rollback: (version) => post('config/rollback', { version }),
  };
}
