import type { Answer } from './http-server.ts';

type CrossOriginOptions = {
  /** Origins of pages, beside our own, that the guard lets in. */
  origins: readonly string[];
  apiKeyHeader: string;
  answer: Answer;
};

/** How long a browser remembers what it may ask, seconds. */
const rememberedFor = 600;

/**
 * Lets pages of the allowed origins read what the API answers (https://fetch.spec.whatwg.org/#http-cors-protocol), with a
 * credential that the page itself holds. Never with cookies, so signing in stays with pages of ours (X6), and so does what
 * operators do.
 */
export function answerCrossOrigin({ origins, apiKeyHeader, answer }: CrossOriginOptions): Answer {
  const allowed = new Set(origins);
  const preflight = {
    'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
    'access-control-allow-headers': `authorization, content-type, last-event-id, traceparent, ${apiKeyHeader}`,
    'access-control-max-age': String(rememberedFor),
  };
  return (request, response) => {
    const { url = '', method, headers } = request;
    const [path = ''] = url.split('?', 1);
    // NOTE: routes are found by the decoded path: one that is spelled otherwise may be any of them.
    const isOpen =
      path.startsWith('/api/') && !path.includes('%') && !/^\/api\/(auth|admin)(\/|$)/.test(path);
    if (!isOpen || headers.origin === undefined || !allowed.has(headers.origin))
      return answer(request, response);
    response.setHeader('access-control-allow-origin', headers.origin);
    response.setHeader('vary', 'origin');
    if (method !== 'OPTIONS') return answer(request, response);
    response.writeHead(204, preflight).end();
  };
}
