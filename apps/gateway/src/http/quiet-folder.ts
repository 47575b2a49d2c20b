import { isWithin } from '../ground/follow-path.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { SessionRecord } from '../store/store.ts';

/**
 * Throws SESSION_BUSY while a turn may change the folder of a session: a folder is put back, not a session, and others may be
 * at work in it, in one in it, or in one around it.
 */
export function requireQuietFolder(
  sessions: SessionRegistry,
  { turn, workDir }: Pick<SessionRecord, 'turn' | 'workDir'>,
): void {
  const isAtWork = sessions
    .working()
    .some(
      ({ record }) => record.turn && (isWithin(workDir, record.workDir) || isWithin(record.workDir, workDir)),
    );
  if (!turn && !isAtWork) return;
  const message =
    'a turn is running in this work dir, of this session or another, and may change files: wait for its end';
  throw new GatewayError('SESSION_BUSY', message);
}
