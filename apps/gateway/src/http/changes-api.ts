import { OpenAPIHono } from '@hono/zod-openapi';
import type { Identity } from '../auth/identity.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { Changes, Snapshots } from '../snapshots/snapshots.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { type ChangeListView, changesRoutes as routes } from './changes-routes.ts';
import { requireQuietFolder } from './quiet-folder.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { requireSession } from './require-session.ts';

export type ChangesApiOptions = {
  sessions: SessionRegistry;
  snapshots: Pick<Snapshots, 'changes' | 'diff' | 'content' | 'revert'>;
};

/** What a session changed in its work dir, to be read, and to be put back by who drives it. */
export function createChangesApi({ sessions, snapshots }: ChangesApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  const find = (id: string, identity: Identity) => requireSession(sessions, id, identity).record;

  api.openapi(routes.list, async (c) => {
    const session = find(c.req.valid('param').id, c.get('identity'));
    return c.json(toView(await snapshots.changes(session, c.req.valid('query').since)), 200);
  });

  api.openapi(routes.diff, async (c) => {
    const session = find(c.req.valid('param').id, c.get('identity'));
    const { sides, ...diff } = await snapshots.diff(session, c.req.valid('query'));
    return c.json({ ...diff, sides: sides ?? null }, 200);
  });

  api.openapi(routes.content, async (c) => {
    const session = find(c.req.valid('param').id, c.get('identity'));
    return c.json(await snapshots.content(session, c.req.valid('query').path), 200);
  });

  api.openapi(routes.revert, async (c) => {
    const session = requireSession(sessions, c.req.valid('param').id, c.get('identity'));
    sessions.requireOpen();
    const { path, ...asked } = c.req.valid('json');
    if (path !== undefined) return c.json(await snapshots.revert(session.record, { ...asked, path }), 200);
    const requireQuiet = () => requireQuietFolder(sessions, session);
    requireQuiet();
    const request = { ...asked, requireQuiet };
    return c.json(await session.hold(() => snapshots.revert(session.record, request)), 200);
  });
  return api;
}

function toView({ since, files, leftOut, ...rest }: Changes): ChangeListView {
  return {
    ...rest,
    since: since === null ? null : new Date(since).toISOString(),
    files: files.map(({ path, kind, lines, sha256, isRevertible, isUndone }) => ({
      ...{ path, kind, sha256 },
      added: lines?.added ?? null,
      removed: lines?.removed ?? null,
      revertible: isRevertible && !isUndone,
      undone: isUndone,
    })),
    left_out: leftOut,
  };
}
