import * as z from 'zod/mini';
import type { Envelope } from './envelope.ts';
import type { ErrorCode } from './error-codes.ts';
import { type ClientEvent, type ClientKind, clientEvents } from './events.ts';
import { type FieldProblem, fieldProblems } from './field-problems.ts';
import { unsafeJson } from './json-limits.ts';
import { protocolVersion } from './version.ts';

/** Why a frame was not taken; becomes an `error` event (or a refused init). */
export type Refusal = {
  code: Extract<ErrorCode, 'INVALID_MESSAGE' | 'PROTOCOL_VIOLATION' | 'VERSION_MISMATCH'>;
  message: string;
  fields: FieldProblem[];
  eventId?: string;
};

export type Decoded<E extends { type: string; data: unknown }> =
  | { outcome: 'event'; envelope: Envelope<E> }
  /** A kind that is not known here. Its number may be one of the log. */
  | { outcome: 'ignored'; type: string; seq: number }
  | { outcome: 'refused'; refusal: Refusal };

const count = z.optional(z.nullable(z.number()));
const text = z.optional(z.nullable(z.string()));

/** Lenient: only what cannot be done without is required (rule F3). */
const frame = z.object({
  version: z.string(),
  id: text,
  seq: count,
  priority: z.optional(z.enum(['control', 'data'])),
  session_id: text,
  timestamp: count,
  turn_id: text,
  event: z.object({ type: z.string().check(z.minLength(1)), data: z.optional(z.unknown()) }),
});

const invalid = (
  message: string,
  fields: FieldProblem[] = [],
  eventId?: string,
): { outcome: 'refused'; refusal: Refusal } => ({
  outcome: 'refused',
  refusal: { code: 'INVALID_MESSAGE', message, fields, ...(eventId === undefined ? {} : { eventId }) },
});

const inWords = (fields: FieldProblem[]) =>
  fields.map(({ field, problem }) => `${field} ${problem}`).join('; ');

/** Reads a frame from a client. Unknown kinds are refused, but for the extension namespaces (rules F4, F5). */
export function decodeClientFrame(raw: string): Decoded<ClientEvent> {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return invalid('the frame is not JSON');
  }
  const unsafe = unsafeJson(value);
  if (unsafe) return invalid(`the frame is not taken: ${unsafe}`);
  const parsed = frame.safeParse(value);
  if (!parsed.success) {
    const fields = fieldProblems(parsed.error.issues, '');
    return invalid(inWords(fields), fields);
  }
  const { id, seq, session_id, timestamp, turn_id, priority, version, event } = parsed.data;
  if (version !== protocolVersion) {
    const message = `version ${version} is not spoken here; use ${protocolVersion}`;
    return {
      outcome: 'refused',
      refusal: { code: 'VERSION_MISMATCH', message, fields: [], ...(id ? { eventId: id } : {}) },
    };
  }
  if (!isClientKind(event.type)) return unknownKind(event.type, id ?? undefined, seq ?? 0);
  const data = clientEvents[event.type].data.safeParse(event.data ?? {});
  if (!data.success) {
    const fields = fieldProblems(data.error.issues, 'event.data');
    return invalid(inWords(fields), fields, id ?? undefined);
  }
  return {
    outcome: 'event',
    envelope: {
      version: protocolVersion,
      id: id ?? '',
      seq: seq ?? 0,
      session_id: session_id ?? '',
      timestamp: timestamp ?? 0,
      event: { type: event.type, data: data.data } as ClientEvent,
      ...(priority ? { priority } : {}),
      ...(turn_id ? { turn_id } : {}),
    },
  };
}

function isClientKind(type: string): type is ClientKind {
  return Object.hasOwn(clientEvents, type);
}

function unknownKind(type: string, eventId: string | undefined, seq: number): Decoded<ClientEvent> {
  if (/^(custom|vendor)\./.test(type)) return { outcome: 'ignored', type, seq };
  return {
    outcome: 'refused',
    refusal: {
      code: 'PROTOCOL_VIOLATION',
      message: `unknown event type: ${type}`,
      fields: [{ field: 'event.type', problem: 'is not a kind a client may send' }],
      ...(eventId === undefined ? {} : { eventId }),
    },
  };
}
