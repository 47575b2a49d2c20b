import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Answer } from './http-server.ts';

export type Api = { fetch(request: Request, env: HttpBindings): Response | Promise<Response> };

/** Node's requests in the terms of an API; what the API throws is an answer, too. */
export function answerApi(api: Api): Answer {
  const listener = getRequestListener((request, env) => api.fetch(request, env as HttpBindings), {
    overrideGlobalObjects: false,
  });
  return (request, response) => void listener(request, response);
}
