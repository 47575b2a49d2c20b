import { GatewayError } from '../../ground/gateway-error.ts';

/** Length of the ids of our sessions, UUIDs. */
const sessionIdLength = 36;

const prefixes = { permission: 'per_', question: 'que_' } as const;
type Kind = keyof typeof prefixes;

/** OpenCode’s ids tell by their beginning what they are of. */
export const toSessionId = (id: string) => `ses_${id}`;

/** Our own ids are taken, too. */
export const fromSessionId = (id: string) => id.replace(/^ses_/, '');

/** A request of an agent, with its session: OpenCode’s clients answer it by this id alone. */
export const toRequestId = (kind: Kind, { sessionId, id }: { sessionId: string; id: string }) =>
  `${prefixes[kind]}${sessionId}_${id}`;

/** Throws INVALID_MESSAGE for what `toRequestId` did not make. */
export function fromRequestId(kind: Kind, text: string): { sessionId: string; id: string } {
  const rest = text.startsWith(prefixes[kind]) ? text.slice(prefixes[kind].length) : '';
  const sessionId = rest.slice(0, sessionIdLength);
  if (rest[sessionIdLength] !== '_')
    throw new GatewayError('INVALID_MESSAGE', `${text} is no ${kind} request`);
  return { sessionId, id: rest.slice(sessionIdLength + 1) };
}

/** The session of a request of an agent, whatever is asked; undefined for what `toRequestId` did not make. */
export function sessionOfRequest(text: string): string | undefined {
  const prefix = Object.values(prefixes).find((each) => text.startsWith(each));
  return prefix && text.slice(prefix.length, prefix.length + sessionIdLength);
}

/**
 * The id of a message or part, from where in the log it begins. OpenCode’s clients sort by it, and by ids that clients made
 * themselves: both begin with the time, as 48 bits of 4096ths of a millisecond.
 */
export function toLogId(
  prefix: 'msg' | 'prt',
  { timestamp, seq }: { timestamp: number; seq: number },
  index = 0,
): string {
  const time = BigInt.asUintN(48, BigInt(timestamp) * 4_096n)
    .toString(16)
    .padStart(12, '0');
  return `${prefix}_${time}${String(seq).padStart(10, '0')}${String(index).padStart(4, '0')}`;
}
