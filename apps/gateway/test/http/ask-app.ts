import { Readable } from 'node:stream';
import type { describePublicApi } from '../../src/http/api.ts';
import { expectDescribed } from './expect-described.ts';

export type App = {
  routes: readonly { method: string; path: string }[];
  request(path: string, init: RequestInit, env: object): Response | Promise<Response>;
};

/** Every route the app itself knows of, once; what answers to all methods is asked by one of them. */
export function routesOf(app: App): string[] {
  const routes = app.routes.map(({ method, path }) => {
    const concrete = path.replace(/\*$/, 'anything').replace(/\/$/, '') || '/';
    return `${method === 'ALL' ? 'GET' : method} ${concrete}`;
  });
  return [...new Set(routes)].sort();
}

/** Asks each time from another address, so that one refusal is not the reason of the next. */
export function createAsk(app: App, document?: ReturnType<typeof describePublicApi>) {
  let count = 0;
  return async (route: string, headers: Record<string, string> = {}, id = 'unknown') => {
    const [method = '', path = ''] = route.split(' ');
    const sent = { ...headers, host: 'localhost:1', 'content-type': 'application/json' };
    const remoteAddress = `10.0.${count >> 8}.${count++ & 255}`;
    const body = /^(POST|PATCH)$/.test(method)
      ? '{"title":"x","url":"x","to":"start","seen":null,"lifetime":"1h","turn_id":"x","conversation":true}'
      : undefined;
    const incoming = Object.assign(Readable.from([Buffer.from(body ?? '')]), {
      headers: { ...sent, 'content-length': String(body?.length ?? 0) },
      socket: { remoteAddress },
    });
    const init = { method, headers: sent, ...(body === undefined ? {} : { body }) };
    const answer = await app.request(`${path.replace(':id', id)}?path=x&turn_id=x`, init, { incoming });
    // A stream ends with its reader.
    const isStream = answer.headers.get('content-type') === 'text/event-stream';
    const text = isStream ? '' : await answer.text();
    if (document && method !== 'HEAD' && !isStream) {
      const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
      const json = isJson ? JSON.parse(text) : undefined;
      expectDescribed(document, { method, path, status: answer.status, body: json });
    }
    if (isStream) await answer.body?.cancel();
    return { status: answer.status, body: text, header: answer.headers };
  };
}
