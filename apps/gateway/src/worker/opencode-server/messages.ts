import * as z from 'zod';
import { todoList } from '../opencode/plan.ts';
import { openCodeError, tokens, toolPart } from '../opencode/tool-state.ts';

/**
 * What `opencode serve` sends on /global/event (observed with 1.18.33), one JSON document per server-sent event.
 * All schemas are loose and name only what we read: a newer server may add fields and kinds.
 */

const words = z.string().nullish();
const figure = z.number().nullish();
const anyObject = z.record(z.string(), z.unknown());
const time = z.looseObject({ start: figure, end: figure }).nullish();

export const messageInfo = z.looseObject({
  id: z.string(),
  sessionID: z.string(),
  role: z.string(),
  /** Of an answer: the prompt it answers. */
  parentID: words,
  time: z.looseObject({ created: figure, completed: figure }),
  providerID: words,
  modelID: words,
  finish: words,
  cost: figure,
  tokens: tokens.nullish(),
  error: openCodeError.nullish(),
  /** True on the answer that is the summary of a compaction; an object on a prompt. */
  summary: z.unknown().optional(),
});
export type MessageInfo = z.infer<typeof messageInfo>;

const place = { id: z.string(), messageID: z.string(), sessionID: z.string() };
export const part = z.union([
  toolPart,
  z.looseObject({ ...place, type: z.literal('text'), text: z.string(), time }),
  z.looseObject({ ...place, type: z.literal('reasoning'), text: z.string(), time }),
  z.looseObject({ ...place, type: z.literal('compaction') }),
  z.looseObject({ ...place, type: z.string().transform(() => 'other' as const) }),
]);
export type Part = z.infer<typeof part>;
export type TextPart = Extract<Part, { type: 'text' | 'reasoning' }>;

const call = z.looseObject({ messageID: z.string(), callID: z.string() }).nullish();
export const permissionRequest = z.looseObject({
  id: z.string(),
  sessionID: z.string(),
  permission: z.string(),
  patterns: z.array(z.string()),
  metadata: anyObject.catch({}),
  /** What "always" would allow. */
  always: z.array(z.string()).catch([]),
  tool: call,
});
export type PermissionRequest = z.infer<typeof permissionRequest>;

export const questionRequest = z.looseObject({
  id: z.string(),
  sessionID: z.string(),
  questions: z.array(
    z.looseObject({
      question: z.string(),
      header: words,
      multiple: z.boolean().nullish(),
      options: z.array(z.looseObject({ label: z.string(), description: words })),
    }),
  ),
  tool: call,
});
export type QuestionRequest = z.infer<typeof questionRequest>;

export const sessionStatus = z.union([
  z.looseObject({ type: z.literal('retry'), attempt: z.number(), message: z.string(), next: figure }),
  z.looseObject({ type: z.string().transform((type) => (type === 'idle' ? 'idle' : 'busy')) }),
]);

const ofSession = { sessionID: z.string() };
const event = <T extends string, P extends z.ZodRawShape>(type: T, properties: P) =>
  z.looseObject({ type: z.literal(type), properties: z.looseObject(properties) });

const known = z.discriminatedUnion('type', [
  event('message.updated', { info: messageInfo }),
  event('message.part.updated', { part }),
  event('message.part.delta', { ...ofSession, messageID: z.string(), partID: z.string(), delta: z.string() }),
  event('message.part.removed', { ...ofSession, messageID: z.string(), partID: z.string() }),
  event('session.created', { info: z.looseObject({ id: z.string(), parentID: words }) }),
  event('session.updated', { info: z.looseObject({ id: z.string(), parentID: words, title: words }) }),
  event('session.status', { ...ofSession, status: sessionStatus }),
  event('session.idle', ofSession),
  event('session.error', { sessionID: words, error: openCodeError.nullish() }),
  event('session.compacted', ofSession),
  z.looseObject({ type: z.literal('permission.asked'), properties: permissionRequest }),
  event('permission.replied', { ...ofSession, requestID: z.string(), reply: z.string() }),
  z.looseObject({ type: z.literal('question.asked'), properties: questionRequest }),
  event('question.replied', { ...ofSession, requestID: z.string() }),
  event('question.rejected', { ...ofSession, requestID: z.string() }),
  event('todo.updated', { ...ofSession, todos: todoList }),
]);

export type ServerEvent = z.infer<typeof known>;
export type EventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { type: T }>;

const wrapper = z.looseObject({ payload: z.unknown() });

/** Reads the data of one server-sent event. Undefined for garbage and for the kinds that mean nothing to a session. */
export function decodeEvent(data: string): ServerEvent | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(data);
  } catch {
    return undefined;
  }
  const wrapped = wrapper.safeParse(raw);
  return known.safeParse(wrapped.success ? wrapped.data.payload : raw).data;
}

/** The session an event is about. */
export function sessionOf({ type, properties }: ServerEvent): string | undefined {
  switch (type) {
    case 'message.updated':
      return properties.info.sessionID;
    case 'message.part.updated':
      return properties.part.sessionID;
    case 'session.created':
    case 'session.updated':
      return properties.info.id;
    default:
      return properties.sessionID ?? undefined;
  }
}
