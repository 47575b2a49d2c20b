import { type Api, answerApi } from './answer-api.ts';
import type { Answer } from './http-server.ts';
import type { StaticFiles } from './static-files.ts';

/** Everything on the gateway's port: /health and /api, and at every other path the web chat. */
export function answerPublic({ api, files }: { api: Api; files: StaticFiles }): Answer {
  const answer = answerApi(api);
  return (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const [path = '/'] = url.split('?', 1);
    if (path === '/health' || path === '/api' || path.startsWith('/api/')) return answer(request, response);
    const file = files({ method, url, headers });
    response.writeHead(file.status, file.headers).end(file.body);
  };
}
