import type { Decoded, Refusal } from './decode.ts';
import type { ServerEvent } from './events.ts';
import { connectionShapes, loggedShapes } from './server-shapes.ts';
import { Mismatch, readShape, type Shape } from './shape.ts';
import { protocolVersion } from './version.ts';

/** Lenient: only what cannot be done without is required (rule F3). */
const frameShape = {
  version: 'string',
  'id?': ['nullable', 'string'],
  'seq?': ['nullable', 'number'],
  'priority?': ['enum', 'control', 'data'],
  'session_id?': ['nullable', 'string'],
  'timestamp?': ['nullable', 'number'],
  'turn_id?': ['nullable', 'string'],
  event: { type: 'string', 'data?': 'unknown' },
} as const satisfies Shape;

type Frame = {
  version: string;
  id?: string | null;
  seq?: number | null;
  priority?: 'control' | 'data';
  session_id?: string | null;
  timestamp?: number | null;
  turn_id?: string | null;
  event: { type: string; data?: unknown };
};

/** Whether events of this kind are numbered, stored and replayed. Refusals, errors with an `event_id`, are not. */
export function isLoggedKind(kind: string): boolean {
  return Object.hasOwn(loggedShapes, kind);
}

function shapeOf(kind: string): Shape | undefined {
  if (isLoggedKind(kind)) return loggedShapes[kind as keyof typeof loggedShapes];
  if (Object.hasOwn(connectionShapes, kind)) return connectionShapes[kind as keyof typeof connectionShapes];
  return undefined;
}

/**
 * Reads a frame from a gateway. Unknown kinds are ignored: they are newer than this reader (rule F5). It goes by shapes
 * that are written from the event table, so that pages load no schema library.
 */
export function decodeServerFrame(raw: string): Decoded<ServerEvent> {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return refused({ code: 'INVALID_MESSAGE', message: 'the frame is not JSON', fields: [] });
  }
  const frame = readShape(frameShape, value, 'frame');
  if (frame instanceof Mismatch) return mismatched(frame);
  const { id, seq, session_id, timestamp, turn_id, priority, version, event } = frame as Frame;
  if (event.type === '') return mismatched(new Mismatch('frame.event.type', 'is required'));
  if (version !== protocolVersion) {
    const message = `version ${version} is not spoken here; use ${protocolVersion}`;
    return refused({ code: 'VERSION_MISMATCH', message, fields: [], ...(id ? { eventId: id } : {}) });
  }
  const shape = shapeOf(event.type);
  if (!shape) return { outcome: 'ignored', type: event.type, seq: seq ?? 0 };
  const data = readShape(shape, event.data ?? {}, 'event.data');
  if (data instanceof Mismatch) return mismatched(data, id ?? undefined);
  return {
    outcome: 'event',
    envelope: {
      version: protocolVersion,
      id: id ?? '',
      seq: seq ?? 0,
      session_id: session_id ?? '',
      timestamp: timestamp ?? 0,
      event: { type: event.type, data } as ServerEvent,
      ...(priority ? { priority } : {}),
      ...(turn_id ? { turn_id } : {}),
    },
  };
}

function refused(refusal: Refusal): { outcome: 'refused'; refusal: Refusal } {
  return { outcome: 'refused', refusal };
}

function mismatched({ problem }: Mismatch, eventId?: string) {
  return refused({
    code: 'INVALID_MESSAGE',
    message: `${problem.field} ${problem.problem}`,
    fields: [problem],
    ...(eventId === undefined ? {} : { eventId }),
  });
}
