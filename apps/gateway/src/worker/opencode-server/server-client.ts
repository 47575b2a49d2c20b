import type { Clock } from '../../ground/clock.ts';
import type { ServerAddress } from './server-address.ts';

/** The server refused a request, or gave an answer that is none of its own. */
export class ServerRefusal extends Error {
  /** Null if there was no answer at all. */
  readonly status: number | null;

  constructor(status: number | null, message: string) {
    super(message);
    this.name = 'ServerRefusal';
    this.status = status;
  }
}

export type Call = {
  method?: 'GET' | 'POST' | 'PATCH';
  path: string;
  /** The folder whose sessions, permissions and questions are meant. */
  directory?: string;
  body?: unknown;
  timeoutMs?: number;
};

const patienceMs = 30_000;

/** The HTTP API of one OpenCode server. Longer than a call may take is none of its calls: a prompt is only handed over. */
export class ServerClient {
  readonly #url: string;
  readonly #password: string;
  readonly #clock: Clock;

  constructor({ port, password }: ServerAddress, clock: Clock) {
    this.#url = `http://127.0.0.1:${port}`;
    this.#password = password;
    this.#clock = clock;
  }

  /**
   * The parsed answer, or undefined where the server answers nothing (204). Throws ServerRefusal.
   * NOTE: to a path it does not know the server answers 200 and a web page, so the content type is looked at.
   */
  async call({ method = 'GET', path, directory, body, timeoutMs = patienceMs }: Call): Promise<unknown> {
    const patience = new AbortController();
    const timer = this.#clock.after(timeoutMs, () => patience.abort());
    try {
      const headers = this.#headers(directory, body !== undefined);
      const text = body === undefined ? null : JSON.stringify(body);
      const { signal } = patience;
      const response = await fetch(`${this.#url}${path}`, { method, headers, body: text, signal });
      const said = this.withoutSecret(await response.text());
      if (!response.ok) throw new ServerRefusal(response.status, toMessage(said) || `${response.status}`);
      if (response.status === 204) return undefined;
      if (!response.headers.get('content-type')?.includes('application/json')) {
        throw new ServerRefusal(response.status, `this OpenCode does not know ${method} ${path}`);
      }
      return JSON.parse(said);
    } catch (error) {
      if (error instanceof ServerRefusal) throw error;
      const cause = patience.signal.aborted
        ? `did not answer within ${timeoutMs / 1_000} s`
        : 'does not answer';
      throw new ServerRefusal(null, `OpenCode ${cause}`);
    } finally {
      timer.cancel();
    }
  }

  /** The open stream of all events of all folders. Throws ServerRefusal. */
  async events(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers = { ...this.#headers(undefined, false), accept: 'text/event-stream' };
    const response = await fetch(`${this.#url}/global/event`, { headers, signal });
    const isStream = response.headers.get('content-type')?.includes('text/event-stream');
    if (response.ok && isStream && response.body) return response.body;
    await response.body?.cancel();
    throw new ServerRefusal(response.status, 'OpenCode gives no stream of events');
  }

  /**
   * What the server said without its password. NOTE: OpenCode leaves the password in the environment of its tools, so a
   * command may print it; it must not get into our log.
   */
  withoutSecret(text: string): string {
    return text.replaceAll(this.#password, '[password]');
  }

  #headers(directory: string | undefined, hasBody: boolean): Record<string, string> {
    const secret = Buffer.from(`opencode:${this.#password}`).toString('base64');
    return {
      authorization: `Basic ${secret}`,
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(directory === undefined ? {} : { 'x-opencode-directory': encodeURIComponent(directory) }),
    };
  }
}

/** The words of an error document: `{message}`, or `{name, data: {message}}`. */
function toMessage(text: string): string {
  try {
    const { message, data } = JSON.parse(text) as { message?: unknown; data?: { message?: unknown } };
    const words = message ?? data?.message;
    return typeof words === 'string' ? words : '';
  } catch {
    return '';
  }
}

/** Why a call failed, in words for people. */
export function wordsOf(error: unknown): string {
  return error instanceof ServerRefusal ? error.message : 'it answered in a way that is not known';
}
