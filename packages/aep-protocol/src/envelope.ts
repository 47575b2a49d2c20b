import type { ClientEvent, ServerEvent } from './events.ts';
import { protocolVersion } from './version.ts';

/** One frame: an event with its number, its session and its time. */
export type Envelope<E extends { type: string; data: unknown } = ServerEvent> = {
  version: typeof protocolVersion;
  /** `evt_` and a UUID; the same in every replay. */
  id: string;
  /** The event’s number in its session; frames of the connection carry the current one. */
  seq: number;
  priority?: 'control' | 'data';
  session_id: string;
  /** Unix time in milliseconds. */
  timestamp: number;
  turn_id?: string;
  event: E;
};

export type ServerEnvelope = Envelope<ServerEvent>;
export type ClientEnvelope = Envelope<ClientEvent>;

/** An envelope as one line of text. U+2028 and U+2029 are escaped, so that line-based readers are safe. */
export function encode(envelope: Envelope<{ type: string; data: unknown }>): string {
  return escapeLineSeparators(JSON.stringify(envelope));
}

export function escapeLineSeparators(text: string): string {
  return text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** A frame of a client’s own, with the fields a strict peer asks for. */
export function clientEnvelope(
  event: ClientEvent,
  fields: { id: string; sessionId: string; timestamp: number },
): ClientEnvelope {
  return {
    version: protocolVersion,
    id: fields.id,
    seq: 1,
    session_id: fields.sessionId,
    timestamp: fields.timestamp,
    event,
  };
}
