import type { Context, MiddlewareHandler } from 'hono';
import { localRouter, type Router } from '../cluster/router.ts';
import { askOwner, movedOn } from '../session/ask-owner.ts';
import { type SessionOwner, toOwner } from '../session/find-owner.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { askNode } from './ask-node.ts';
import { pathPart } from './path-part.ts';

export type ForwardedOptions = {
  router: Router;
  /** The node of the session that a request is about; default: of the one that its route calls `:id`. */
  ownerOf?(c: Context<ApiEnvironment>): Promise<'here' | SessionOwner>;
  /** What the path is called at the port of users, by which other nodes are asked; default: the same. */
  toPath?(path: string): string;
};

/**
 * Has requests about a session answered by the node that works for it, whoever they came to (R4). Stands behind
 * `authenticated` and before everything else: what a caller may, how much he may have and what is taken down of him is
 * looked at once, there. Whatever route has a session in it is covered, and whoever was led here is led no further. What
 * was read of a session that others had taken meanwhile, while this node stood still, is not answered: it may be old.
 */
export function forwarded({
  router,
  ownerOf = async (c) => {
    const id = pathPart(c, 'id');
    return id === undefined ? 'here' : toOwner(id, await router.place(id));
  },
  toPath = (path) => path,
}: ForwardedOptions): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    if (router === localRouter) return next();
    if (!c.env.caller) {
      const answer = await askOwner(
        () => ownerOf(c),
        async ({ sessionId, life }) => askNode(c, { sessionId, toPath, stream: await router.connect(life) }),
      );
      if (answer !== 'here') return answer;
    }
    await next();
    if (c.req.method === 'GET' && (await ownerOf(c)) !== 'here') {
      await c.res.body?.cancel();
      throw movedOn();
    }
  };
}
