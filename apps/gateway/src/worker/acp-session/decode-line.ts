import * as z from 'zod';
import { type SessionUpdate, sessionUpdate } from './messages.ts';

/** One line of an agent, by what has to be done with it. */
export type AcpLine =
  | { type: 'update'; update: SessionUpdate }
  /** A request, or the answer to one of ours. */
  | { type: 'message'; message: Record<string, unknown> }
  /** A notification outside the protocol's words, such as an agent's own status. */
  | { type: 'ignored' }
  | { type: 'unknown'; kind: string; raw: unknown };

const envelope = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
});
const updateParams = z.looseObject({ update: z.looseObject({ sessionUpdate: z.string() }) });

/** What nobody can read is passed on no longer than this. */
const longestUnknown = 2_000;

/** Reads one line of stdout. Never throws: what is not understood comes back as `unknown`, shortened. */
export function decodeLine(line: string): AcpLine {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return unknown('acp.text', line);
  }
  const message = envelope.safeParse(raw);
  if (!message.success) return unknown('acp.unknown', line);
  const { method, id, params } = message.data;
  if (method === undefined)
    return id === undefined ? unknown('acp.unknown', line) : { type: 'message', message: message.data };
  if (id !== undefined) return { type: 'message', message: message.data };
  if (method !== 'session/update')
    return method.startsWith('_') ? { type: 'ignored' } : unknown(`acp.${method}`, line);
  const named = updateParams.safeParse(params);
  if (!named.success) return unknown('acp.session/update', line);
  const known = sessionUpdate.safeParse(named.data.update);
  return known.success
    ? { type: 'update', update: known.data }
    : unknown(`acp.${named.data.update.sessionUpdate}`, line);
}

function unknown(kind: string, line: string): AcpLine {
  const raw = line.length > longestUnknown ? `${line.slice(0, longestUnknown)}…` : line;
  return { type: 'unknown', kind: kind.slice(0, 100), raw };
}
