import type { ServerData } from '@hotplex/aep-protocol';
import type { Session } from './session.ts';

/** Where a follower that comes back says it stopped. */
export type LastHeard = { seq: number; epoch: string | undefined };

/** Where replay starts, or why it cannot start where the client asked (rule R3). */
export function replayFrom(
  { seq, epoch: heardEpoch }: LastHeard,
  session: Session,
): { after: number; resync?: ServerData<'resync'> } {
  const { lastSeq, epoch } = session.record;
  const oldest = session.oldestSeq();
  const resync = (reason: ServerData<'resync'>['reason']) => ({
    after: oldest - 1,
    resync: { reason, first_seq: oldest, last_seq: lastSeq, epoch },
  });
  if (heardEpoch !== undefined && heardEpoch !== epoch) return resync('epoch_changed');
  if (seq > lastSeq) return resync('future_seq');
  if (seq < oldest - 1) return resync('trimmed');
  return { after: seq };
}
