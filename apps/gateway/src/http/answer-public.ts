import { type Api, answerApi } from './answer-api.ts';
import type { Answer } from './http-server.ts';
import { docsSite, isOf } from './site.ts';
import type { StaticFiles } from './static-files.ts';

type Public = {
  api: Api;
  /** Without it OpenCode’s clients find the web chat where they look for a server. */
  opencode?: Api | undefined;
  /** The page behind the links of hooks; without it there is none. */
  approve?: Api | undefined;
  webchat: StaticFiles;
  docs: StaticFiles;
};

/** Everything on the gateway's port: /health, /openapi.json and /api, /docs, /opencode and /approve if they are open, and at every other path the web chat. */
export function answerPublic({ api, opencode, approve, webchat, docs }: Public): Answer {
  const answer = answerApi(api);
  const answerOpenCode = opencode && answerApi(opencode);
  const answerApproval = approve && answerApi(approve);
  const isOfOpenCode = (path: string) => /^\/opencode(\/.*)?$/.test(path);
  const isOfApi = (path: string) => /^\/(health|health\/ready|openapi\.json|api|api\/.*)$/.test(path);
  return (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const [path = '/'] = url.split('?', 1);
    if (isOfApi(path)) return answer(request, response);
    if (answerOpenCode && isOfOpenCode(path)) return answerOpenCode(request, response);
    if (answerApproval && path === '/approve') return answerApproval(request, response);
    const files = isOf(docsSite, path) ? docs : webchat;
    const file = files({ method, url, headers });
    response.writeHead(file.status, file.headers).end(file.body);
  };
}
