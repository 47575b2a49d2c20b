import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { beginTurn, type Conversation, createConversation } from '../../../src/worker/pi/conversation.ts';
import { decodeRecord, type PiRecord } from '../../../src/worker/pi/messages.ts';
import { createPolicy } from '../../../src/worker/pi/permission.ts';
import { noteCleared, noteSteered, promptReplied, steerReplied } from '../../../src/worker/pi/prompts.ts';
import type { Reply } from '../../../src/worker/pi/request-channel.ts';
import { translate } from '../../../src/worker/pi/translate.ts';
import type { WorkerEvent } from '../../../src/worker/worker.ts';

const folder = new URL('../../transcripts/pi/', import.meta.url);

const recordedLine = z.object({
  t: z.number(),
  dir: z.enum(['meta', 'in', 'out', 'stderr', 'proc']),
  data: z.unknown(),
});
const word = z.string().optional();
const command = z.looseObject({
  type: z.string(),
  ...{ id: word, message: word, streamingBehavior: word, value: word },
});

export type Replayed = { events: WorkerEvent[]; records: PiRecord[]; conversation: Conversation };

/** Every recording there is, by name. */
export const transcripts: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ndjson'))
  .map((file) => file.replace('.ndjson', ''));

/** A conversation that nothing was said in yet. */
export function newConversation(mode = 'default'): Conversation {
  const policy = { ...createPolicy({}), mode };
  return createConversation({ workDir: '/workspace', prefix: 'm', policy });
}

/** Runs a recording through the translation; `each` is called after every line of Pi. The id of a prompt's command is its input id. */
export function replay(name: string, each?: (conversation: Conversation) => void): Replayed {
  const conversation = newConversation();
  const events: WorkerEvent[] = [];
  const records: PiRecord[] = [];
  const replies = new Map<string, (reply: Reply, at: number) => WorkerEvent[]>();

  function answer(id: string, allowed: boolean): void {
    const ask = conversation.asks.get(id);
    conversation.asks.delete(id);
    if (ask?.kind === 'permission' && !allowed) conversation.refused.add(ask.toolCallId);
  }

  function send(sent: z.infer<typeof command>, at: number): void {
    const { type, id = '', message: content = '' } = sent;
    // These extensions took the plain words "allow" and "deny".
    if (type === 'extension_ui_response') answer(id, sent.value === 'allow');
    if (type === 'clear_queue') noteCleared(conversation);
    if (type === 'abort' && conversation.turn) conversation.turn.interrupted = true;
    if (type === 'prompt' && !conversation.turn) {
      const { number: turn } = beginTurn(conversation, { inputIds: [id], at });
      replies.set(id, (reply, at) => promptReplied(conversation, { turn, reply, at }));
    } else if (type === 'prompt' && sent.streamingBehavior === undefined) {
      // Refused while Pi is busy; the adapter never sends one so.
    } else if (type === 'prompt' || type === 'steer' || type === 'follow_up') {
      noteSteered(conversation, { inputId: id, content }, content);
      replies.set(id, (reply, at) => steerReplied(conversation, { inputId: id, reply, at }));
    }
  }

  for (const line of readFileSync(new URL(`${name}.ndjson`, folder), 'utf8').split('\n')) {
    if (line === '') continue;
    const { t, dir, data } = recordedLine.parse(JSON.parse(line));
    if (dir === 'in') {
      const sent = command.safeParse(data);
      if (sent.success) send(sent.data, t);
    }
    if (dir !== 'out') continue;
    const record = decodeRecord(JSON.stringify(data));
    records.push(record);
    if (record.type !== 'response') events.push(...translate(conversation, record, t));
    else {
      const { id, success, data: value, error } = record;
      const reply = success ? { value } : { failure: error ?? '' };
      events.push(...(replies.get(id ?? '')?.(reply, t) ?? []));
    }
    each?.(conversation);
  }
  return { events, records, conversation };
}
