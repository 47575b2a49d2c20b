import { setImmediate } from 'node:timers/promises';
import { decodeServerFrame, type ServerEnvelope } from '@hotplex/aep-protocol';
import { frameOf } from '../../session/frame.ts';
import type { EventRecord, SessionRecord } from '../../store/store.ts';
import { Conversation } from './conversation.ts';

const page = 1_000;

/** A logged event as the protocol has it; undefined for kinds of a newer gateway. */
export function toEnvelope(sessionId: string, event: EventRecord): ServerEnvelope | undefined {
  const decoded = decodeServerFrame(frameOf(sessionId, event));
  return decoded.outcome === 'event' ? decoded.envelope : undefined;
}

/** A session and its log, wherever it is worked for. */
export type ReadSession = {
  readonly record: Readonly<SessionRecord>;
  events(after: number, limit: number): EventRecord[];
};

/** The conversation as the log has it, up to a number. Others get their turn between its pages. */
export async function readConversation(
  session: ReadSession,
  lastSeq = session.record.lastSeq,
): Promise<Conversation> {
  const conversation = new Conversation();
  const { record } = session;
  let after = 0;
  while (after < lastSeq) {
    const events = session.events(after, Math.min(page, lastSeq - after));
    for (const event of events) {
      const envelope = toEnvelope(record.id, event);
      if (envelope) conversation.take(envelope, record);
    }
    // Less than was asked for: what is old may have been taken away.
    after = events.at(-1)?.seq ?? lastSeq;
    if (after < lastSeq) await setImmediate();
  }
  return conversation;
}
