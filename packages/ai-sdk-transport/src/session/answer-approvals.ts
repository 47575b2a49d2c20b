import { AepError } from '@hotplex/client-sdk';
import { answeredApprovals, lastApprovalIndex } from '../answered-approvals.ts';
import { toDisconnect } from '../to-disconnect.ts';
import type { AepUIMessage } from '../ui-message.ts';
import { withAbort } from '../with-abort.ts';
import type { Connected } from './send-prompt.ts';
import type { TurnLog } from './turn-log.ts';

/**
 * Brings the answers given in an assistant message to the gateway, and tells where its turn goes on. Throws TypeError
 * if the message has none: agents keep their own history, so nothing else of it can be sent.
 */
export async function answerApprovals(
  { client, feed, readFinishedTurn }: Connected,
  message: AepUIMessage,
  signal: AbortSignal | undefined,
): Promise<{ log: TurnLog; next: number }> {
  const answers = answeredApprovals(message);
  if (answers.length === 0) {
    throw new TypeError('only a user message or the answer to a permission request can be sent');
  }
  const paused = feed.unpause(message.id);
  const log = paused?.log ?? feed.running(message.id) ?? (await readFinishedTurn(message.id));
  const next = paused?.next ?? lastApprovalIndex(log.envelopes, message) + 1;
  for (const { id, ...answer } of answers) {
    try {
      await withAbort(client.respondToPermission(id, answer), signal);
    } catch (error) {
      // Somebody else was faster: the stream shows what was decided.
      if (error instanceof AepError && error.code === 'ALREADY_RESOLVED') continue;
      if (paused) feed.pause(log, next);
      throw toDisconnect(error);
    }
  }
  return { log, next };
}
