import type { Context } from 'hono';
import type { ApiEnvironment } from './api-environment.ts';
import { routeOf } from './matched-route.ts';

/**
 * What stands in a request's path where its route has this name. For those who stand before the route, to whom its
 * parameters are not known yet; undefined if it has no such name.
 */
export function pathPart(c: Context<ApiEnvironment>, name: string): string | undefined {
  const at = routeOf(c)?.path.split('/').indexOf(`:${name}`) ?? -1;
  const text = c.req.path.split('/')[at];
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
