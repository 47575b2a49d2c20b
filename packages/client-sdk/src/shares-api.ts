import { decodeServerFrame, type ServerEnvelope } from '@hotplex/aep-protocol';
import { GatewayHttp, type GatewayHttpOptions } from './gateway-http.ts';

/** What a link may leave out, beside secrets, which it always does. */
export type LeftOut = 'tool_outputs' | 'files' | 'paths';

/** A link to read a session; field names are those of the wire. */
export type ShareLink = {
  id: string;
  left_out: LeftOut[];
  created_at: string;
  expires_at: string;
  /** To the minute; `null` until it is opened. */
  last_used_at: string | null;
};

export type ShareOptions = {
  lifetime: '1h' | '1d' | '7d' | '30d';
  /** Default: all of it. */
  leftOut?: readonly LeftOut[];
};

/** A page of a session as its guests are shown it. */
export type SharedPage = {
  title: string | null;
  worker_type: string;
  left_out: LeftOut[];
  expires_at: string;
  /** Whether a turn runs; it is shown when it is over. */
  running: boolean;
  events: ServerEnvelope[];
  /** Where the next page begins; `null` at the end. */
  next_after: number | null;
};

/** Links to read a session without a sign-in: to make, list and end them, and to read what one shows. */
export class SharesApi {
  readonly #http: GatewayHttp;

  constructor(options: GatewayHttpOptions) {
    this.#http = new GatewayHttp(options);
  }

  /** Its token is handed out this once: the link is `/shared#` and the token, at the gateway. */
  make(sessionId: string, { lifetime, leftOut }: ShareOptions): Promise<ShareLink & { token: string }> {
    return this.#http.json(pathOf(sessionId), { method: 'POST', body: { lifetime, left_out: leftOut } });
  }

  /** Those that work, oldest first. */
  async list(sessionId: string): Promise<ShareLink[]> {
    const { shares } = await this.#http.json<{ shares: ShareLink[] }>(pathOf(sessionId));
    return shares;
  }

  async revoke(sessionId: string, id: string): Promise<void> {
    await this.#http.send(`${pathOf(sessionId)}/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  /** What the link of this token shows, from a number of the log on. Rejects with UNAUTHORIZED for one that has ended. */
  async read(token: string, { after }: { after?: number } = {}): Promise<SharedPage> {
    type Page = Omit<SharedPage, 'events'> & { events: unknown[] };
    const page = await this.#http.json<Page>('/api/shared', { bearer: token, query: { after } });
    const events = page.events.flatMap((event) => {
      const decoded = decodeServerFrame(JSON.stringify(event));
      return decoded.outcome === 'event' ? [decoded.envelope] : [];
    });
    return { ...page, events };
  }
}

const pathOf = (sessionId: string) => `/api/sessions/${encodeURIComponent(sessionId)}/shares`;
