import { AepError } from './aep-error.ts';
import type { Auth } from './client-options.ts';
import { type Traceparent, traceHeaders } from './traceparent.ts';
import { httpOrigin } from './web-socket.ts';

export type GatewayHttpOptions = {
  url: string;
  auth?: Auth;
  fetch?: typeof fetch;
  /** The trace of every request. */
  traceparent?: Traceparent;
};

export type HttpRequest = {
  method?: string;
  /** Sent as JSON; a Blob as it is. */
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  /** A credential of this request alone, in the place of the usual one. */
  bearer?: string;
  signal?: AbortSignal;
};

/** Requests to a gateway, with the credential they need. */
export class GatewayHttp {
  readonly #options: GatewayHttpOptions;

  constructor(options: GatewayHttpOptions) {
    this.#options = options;
  }

  /** Rejects with AepError, as `send` does. */
  async json<T>(path: string, request?: HttpRequest): Promise<T> {
    const response = await this.send(path, request);
    return (await response.json()) as T;
  }

  async send(path: string, request: HttpRequest = {}, isRetry = false): Promise<Response> {
    const { url, auth, fetch: send = globalThis.fetch } = this.#options;
    const { method = 'GET', body, query = {}, bearer, signal } = request;
    const address = new URL(path, httpOrigin(url));
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) address.searchParams.set(name, String(value));
    const headers = traceHeaders(this.#options.traceparent);
    const usual = bearer === undefined ? auth : undefined;
    const token = typeof usual === 'function' ? await usual() : usual;
    if (bearer !== undefined) headers.authorization = `Bearer ${bearer}`;
    if (token !== undefined)
      headers[token.split('.').length === 3 ? 'authorization' : 'x-api-key'] =
        token.split('.').length === 3 ? `Bearer ${token}` : token;
    const isFile = body instanceof Blob;
    if (body !== undefined)
      headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json';
    const response = await send(address, {
      ...{ method, headers },
      ...(signal ? { signal } : {}),
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    });
    if (response.ok) return response;
    if (response.status === 401 && typeof usual === 'function' && !isRetry)
      return this.send(path, request, true);
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
