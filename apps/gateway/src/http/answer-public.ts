import { type Api, answerApi } from './answer-api.ts';
import type { Answer } from './http-server.ts';
import { docsSite, isOf } from './site.ts';
import type { StaticFiles } from './static-files.ts';

type Public = { api: Api; webchat: StaticFiles; docs: StaticFiles };

/** Everything on the gateway's port: /health and /api, /docs, and at every other path the web chat. */
export function answerPublic({ api, webchat, docs }: Public): Answer {
  const answer = answerApi(api);
  return (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const [path = '/'] = url.split('?', 1);
    if (path === '/health' || path === '/api' || path.startsWith('/api/')) return answer(request, response);
    const files = isOf(docsSite, path) ? docs : webchat;
    const file = files({ method, url, headers });
    response.writeHead(file.status, file.headers).end(file.body);
  };
}
