import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { ApiEnvironment } from './api-environment.ts';

/**
 * The route that answers this request, the first one that fits; undefined if there is none. HEAD is answered by that of
 * GET, without its body.
 */
export function routeOf(c: Context<ApiEnvironment>): { method: string; path: string } | undefined {
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
  return matchedRoutes(c).find((each) => each.method === method);
}
