import { isWithin } from '../ground/follow-path.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Session } from '../session/session.ts';
import type { SessionRegistry } from '../session/session-registry.ts';

/**
 * Throws SESSION_BUSY while a turn may change the folder of a session: a folder is put back, not a session, and others may be
 * at work in it, in one in it, or in one around it.
 */
export function requireQuietFolder(sessions: SessionRegistry, { record }: Session): void {
  const { workDir } = record;
  const isAtWork = sessions
    .busy()
    .some(({ record: other }) => isWithin(workDir, other.workDir) || isWithin(other.workDir, workDir));
  if (!isAtWork) return;
  const message =
    'a turn is running in this work dir, of this session or another, and may change files: wait for its end';
  throw new GatewayError('SESSION_BUSY', message);
}
