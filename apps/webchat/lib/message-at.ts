import type { ServerEnvelope } from '@hotplex/aep-protocol';
import type { SessionsApi } from '@hotplex/client-sdk';

/** The id of the message that an event of the log is in; undefined when there is no such event, or it is in none. */
export async function messageAt(
  sessions: Pick<SessionsApi, 'events'>,
  sessionId: string,
  seq: number,
): Promise<string | undefined> {
  const { events } = await sessions.events(sessionId, { after: seq - 1, limit: 1 });
  const [found] = events;
  return found?.seq === seq ? messageIdOf(found) : undefined;
}

/** A prompt is the message of its input, everything else that of its turn. */
function messageIdOf({ event, turn_id }: ServerEnvelope): string | undefined {
  return event.type === 'input' ? event.data.input_id : turn_id;
}

/** The element id of a message; where a hit of the search leads to. */
export function messageElementId(messageId: string): string {
  return `message-${messageId}`;
}
