import { OpenAPIHono } from '@hono/zod-openapi';
import { GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Session } from '../session/session.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { Reverted, RevertRequest, Snapshots } from '../snapshots/snapshots.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { requireQuietFolder } from './quiet-folder.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { requireSession } from './require-session.ts';
import {
  type RewindPreview,
  type RewindRequest,
  type Rewound,
  rewindRoutes as routes,
} from './rewind-routes.ts';

export type RewindApiOptions = {
  sessions: SessionRegistry;
  snapshots: Pick<Snapshots, 'preview' | 'revert'>;
};

/** Puts files of the session back, if nobody is at work in them. */
type Revert = (request: RevertRequest) => Promise<Reverted>;

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
    const asked = c.req.valid('json');
    session.requireRest();
    const requireQuiet = () => requireQuietFolder(sessions, session);
    if (asked.files) requireQuiet();
    const revert: Revert = (request) => snapshots.revert(session.record, { ...request, requireQuiet });
    return c.json(await session.hold(() => rewind(session, asked, revert)), 200);
  });
  return api;
}

/** To be called while the session is held. */
async function rewind(session: Session, asked: RewindRequest, revert: Revert): Promise<Rewound> {
  const { turn_id: turnId, conversation, files, seen, keep_edited: keepEdited } = asked;
  // What cannot be done is refused before anything is.
  if (conversation) await session.rewindTo(turnId);
  const reverted = files ? await revert({ to: turnId, seen, keepEdited }) : null;
  if (!conversation) return { turns: null, files: reverted };
  try {
    const { turns } = await session.rewind(turnId);
    return { turns, files: reverted };
  } catch (error) {
    // Half of it is worse than nothing.
    if (reverted && !(await isUndone(reverted, revert))) throw namingUndo(error, reverted);
    throw error;
  }
}

async function isUndone({ undo: to, state: seen }: Reverted, revert: Revert): Promise<boolean> {
  try {
    const { left } = await revert({ to, seen });
    return left.length === 0;
  } catch {
    // Somebody is at work in the files by now: what becomes of them is for a person to say.
    return false;
  }
}

/** Why the conversation did not go back, and how the files that did are taken forth by hand. */
function namingUndo(error: unknown, { undo }: Reverted): GatewayError {
  const { code, message, details } = toGatewayError(error);
  const words = `${message}; the files went back all the same: revert to ${undo} takes them forth again`;
  return new GatewayError(code, words, { details: { ...details, undo }, cause: error });
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
