import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { ForwardedCaller } from '../auth/forwarded-caller.ts';
import type { ApiEnvironment } from './api-environment.ts';
import type { Answer } from './http-server.ts';

export type Api = {
  fetch(request: Request, env: ApiEnvironment['Bindings']): Response | Promise<Response>;
};

/**
 * Node's requests in the terms of an API, of strangers or of a caller whom another node let in; what the API throws is an
 * answer, too.
 */
export function answerApi(api: Api, caller?: ForwardedCaller): Answer {
  const led = caller && { caller };
  const listener = getRequestListener(
    (request, env) => api.fetch(request, { ...(env as HttpBindings), ...led }),
    { overrideGlobalObjects: false },
  );
  return (request, response) => void listener(request, response);
}
