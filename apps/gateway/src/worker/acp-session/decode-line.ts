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

const fields = {
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
};
/** What every line is looked at by. NOTE: zod compiles a plain object; a loose one costs as much as JSON.parse. */
const envelope = z.object(fields);
/** The same with all that stands beside it. */
const whole = z.looseObject(fields);
const updateParams = z.object({ update: sessionUpdate });
const namedParams = z.object({ update: z.object({ sessionUpdate: z.string() }) });

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
  const head = envelope.safeParse(raw);
  if (!head.success) return unknown('acp.unknown', line);
  const { method, id, params } = head.data;
  if (id !== undefined) return { type: 'message', message: whole.parse(raw) };
  if (method === undefined) return unknown('acp.unknown', line);
  if (method !== 'session/update')
    return method.startsWith('_') ? { type: 'ignored' } : unknown(`acp.${method}`, line);
  const known = updateParams.safeParse(params);
  if (known.success) return { type: 'update', update: known.data.update };
  const named = namedParams.safeParse(params);
  return unknown(named.success ? `acp.${named.data.update.sessionUpdate}` : 'acp.session/update', line);
}

function unknown(kind: string, line: string): AcpLine {
  const raw = line.length > longestUnknown ? `${line.slice(0, longestUnknown)}…` : line;
  return { type: 'unknown', kind: kind.slice(0, 100), raw };
}
