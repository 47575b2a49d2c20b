import type { SessionConfig } from '@hotplex/aep-protocol';
import { GatewayHttp, type GatewayHttpOptions } from './gateway-http.ts';
import type { SessionSummary } from './sessions-api.ts';

/** A conversation that was begun with an agent in a terminal of the gateway's machine; field names are those of the wire. */
export type TerminalConversation = {
  /** The agent's own. */
  id: string;
  /** From its first prompt. */
  title: string | null;
  updated_at: string;
  /** The session of the caller that goes on with it already. */
  session_id: string | null;
};

/**
 * What was begun without the gateway, to go on with it here. Rejects with FORBIDDEN for users whom the gateway's
 * configuration does not name, and with NOT_SUPPORTED for agents whose `adopts` is false.
 */
export class TerminalConversationsApi {
  readonly #http: GatewayHttp;

  constructor(options: GatewayHttpOptions) {
    this.#http = new GatewayHttp(options);
  }

  /** Those of one work dir (default: the gateway's), newest first. */
  async list(
    workerType: string,
    { workDir, signal }: { workDir?: string; signal?: AbortSignal } = {},
  ): Promise<TerminalConversation[]> {
    const { conversations } = await this.#http.json<{ conversations: TerminalConversation[] }>(
      pathOf(workerType),
      { query: { work_dir: workDir }, ...(signal ? { signal } : {}) },
    );
    return conversations;
  }

  /** A session that begins with what was said in it, and goes on with it; the same one however often it is asked for. */
  adopt(
    workerType: string,
    id: string,
    { config = {} }: { config?: SessionConfig } = {},
  ): Promise<SessionSummary> {
    return this.#http.json(`${pathOf(workerType)}/${encodeURIComponent(id)}/adopt`, {
      method: 'POST',
      body: { config },
    });
  }
}

const pathOf = (workerType: string) => `/api/agents/${encodeURIComponent(workerType)}/conversations`;
