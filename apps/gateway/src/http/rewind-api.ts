import { OpenAPIHono } from '@hono/zod-openapi';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Session } from '../session/session.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { Reverted, Snapshots } from '../snapshots/snapshots.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { requireQuietFolder } from './quiet-folder.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { requireSession } from './require-session.ts';
import { type RewindPreview, rewindRoutes as routes } from './rewind-routes.ts';

export type RewindApiOptions = {
  sessions: SessionRegistry;
  snapshots: Pick<Snapshots, 'preview' | 'revert'>;
};

/** Takes a session back to before one of its turns: what the agent remembers, its files, or both at once. */
export function createRewindApi({ sessions, snapshots }: RewindApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });

  api.openapi(routes.preview, async (c) => {
    const session = requireSession(sessions, c.req.valid('param').id, c.get('identity'));
    const { turn_id: turnId } = c.req.valid('query');
    const conversation = await previewConversation(session, turnId);
    return c.json({ ...conversation, files: await previewFiles(snapshots, session, turnId) }, 200);
  });

  api.openapi(routes.rewind, async (c) => {
    const session = requireSession(sessions, c.req.valid('param').id, c.get('identity'));
    sessions.requireOpen();
    const { turn_id: turnId, conversation, files, seen, keep_edited: keepEdited } = c.req.valid('json');
    session.requireRest();
    if (files) requireQuietFolder(sessions, session.record);
    // What cannot be done is refused before anything is.
    if (conversation) await session.rewindTo(turnId);
    const request = { to: turnId, seen, keepEdited };
    const reverted = files ? await snapshots.revert(session.record, request) : null;
    if (!conversation) return c.json({ turns: null, files: reverted }, 200);
    try {
      const { turns } = await session.rewind(turnId);
      return c.json({ turns, files: reverted }, 200);
    } catch (error) {
      if (reverted) await undo(snapshots, session, reverted);
      throw error;
    }
  });
  return api;
}

/** Half of it is worse than nothing. */
function undo(
  snapshots: RewindApiOptions['snapshots'],
  { record }: Session,
  { undo: to, state: seen }: Reverted,
): Promise<Reverted> {
  return snapshots.revert(record, { to, seen });
}

async function previewConversation(
  session: Session,
  turnId: string,
): Promise<Pick<RewindPreview, 'turns' | 'conversation'>> {
  try {
    const { turns } = await session.rewindTo(turnId);
    return { turns, conversation: { possible: true, reason: null } };
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'NOT_SUPPORTED') throw error;
    const { reason, turns } = error.details ?? {};
    const known = reason === 'agent' || reason === 'unmarked' ? reason : null;
    return { turns: Number(turns), conversation: { possible: false, reason: known } };
  }
}

/** Nothing if snapshots are off, or the turn is older than they are. */
async function previewFiles(
  snapshots: RewindApiOptions['snapshots'],
  { record }: Session,
  turnId: string,
): Promise<RewindPreview['files']> {
  try {
    const { state, partial, files } = await snapshots.preview(record, turnId);
    return { state, partial, changes: files.map(({ isEdited, ...file }) => ({ ...file, edited: isEdited })) };
  } catch (error) {
    if (error instanceof GatewayError && (error.code === 'NOT_SUPPORTED' || error.code === 'INVALID_MESSAGE'))
      return null;
    throw error;
  }
}
