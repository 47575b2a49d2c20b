import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import {
  beginTurn,
  type Conversation,
  createConversation,
} from '../../../src/worker/acp-session/conversation.ts';
import { type AcpLine, decodeLine } from '../../../src/worker/acp-session/decode-line.ts';
import { promptResult } from '../../../src/worker/acp-session/messages.ts';
import { translate } from '../../../src/worker/acp-session/translate.ts';
import { endTurn } from '../../../src/worker/acp-session/turn-end.ts';
import type { WorkerEvent } from '../../../src/worker/worker.ts';

const folder = new URL('../../transcripts/acp/', import.meta.url);

const recordedLine = z.object({ t: z.number(), dir: z.string(), data: z.unknown() });
const rpc = z.looseObject({
  id: z.union([z.string(), z.number()]).nullish(),
  method: z.string().optional(),
  params: z.looseObject({ sessionId: z.string().optional() }).optional(),
  result: z.unknown().optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
});

export type Replayed = {
  events: WorkerEvent[];
  lines: AcpLine[];
  /** How many prompts were answered. */
  answered: number;
  conversation: Conversation;
};

/** Every recording there is of one conversation at a time, by name. */
export const transcripts: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ndjson') && !/multi-session|protocol-errors|busy/.test(file))
  .map((file) => file.replace('.ndjson', ''));

/** Runs a recording through the translation, as the worker does with what the agent writes. */
export function replay(
  name: string,
  { each = () => {} }: { each?: (conversation: Conversation) => void } = {},
): Replayed {
  const conversation = createConversation({ resumed: false });
  const [events, lines]: [WorkerEvent[], AcpLine[]] = [[], []];
  const prompts = new Set<unknown>();
  const loads = new Set<unknown>();
  let answered = 0;
  for (const text of readFileSync(new URL(`${name}.ndjson`, folder), 'utf8').split('\n')) {
    if (text === '') continue;
    const { t, dir, data } = recordedLine.parse(JSON.parse(text));
    const message = rpc.safeParse(data);
    if (!message.success) continue;
    const { id, method, result, error } = message.data;
    if (dir === 'in' && method === 'session/prompt') {
      prompts.add(id);
      beginTurn(conversation, { inputId: String(id), at: t });
    }
    if (dir === 'in' && method === 'session/load') {
      loads.add(id);
      conversation.replaying = true;
    }
    if (dir === 'in' && method === 'session/cancel' && conversation.turn)
      conversation.turn.interrupted = true;
    if (dir !== 'out') continue;
    const line = decodeLine(JSON.stringify(data));
    lines.push(line);
    events.push(...translate(conversation, line, t));
    each(conversation);
    if (method !== undefined) continue;
    if (loads.delete(id)) conversation.replaying = false;
    if (!prompts.delete(id)) continue;
    answered += 1;
    const outcome = error ? { error } : { result: promptResult.parse(result) };
    events.push(...endTurn(conversation, { outcome, at: t, signIn: 'Sign in.' }));
  }
  return { events, lines, answered, conversation };
}
