import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import {
  addSteered,
  beginTurn,
  type Conversation,
  createConversation,
} from '../../../src/worker/claude-code/conversation.ts';
import { type ClaudeRecord, decodeRecord } from '../../../src/worker/claude-code/messages.ts';
import { translate } from '../../../src/worker/claude-code/translate.ts';
import type { WorkerEvent } from '../../../src/worker/worker.ts';

const folder = new URL('../../transcripts/claude-code/', import.meta.url);

const recordedLine = z.object({ dir: z.enum(['meta', 'in', 'out', 'stderr', 'proc']), data: z.unknown() });
const prompt = z.looseObject({ type: z.literal('user'), uuid: z.string() });

export type Replayed = { events: WorkerEvent[]; records: ClaudeRecord[]; conversation: Conversation };

/** Every recording there is, by name. */
export const transcripts: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ndjson'))
  .map((file) => file.replace('.ndjson', ''));

/** Runs a recording through the translation; `each` is called after every line. A prompt's input id is its uuid; one sent into a running turn is steered. */
export function replay(
  name: string,
  { each, ...options }: { resume?: string; each?: (conversation: Conversation) => void } = {},
): Replayed {
  const conversation = createConversation({ workDir: '/workspace', ...options });
  const events: WorkerEvent[] = [];
  const records: ClaudeRecord[] = [];
  for (const line of readFileSync(new URL(`${name}.ndjson`, folder), 'utf8').split('\n')) {
    if (line === '') continue;
    const { dir, data } = recordedLine.parse(JSON.parse(line));
    if (dir === 'in') {
      const sent = prompt.safeParse(data);
      if (!sent.success) continue;
      const ids = { uuid: sent.data.uuid, inputId: sent.data.uuid };
      if (conversation.turn) addSteered(conversation, ids);
      else beginTurn(conversation, ids);
    }
    if (dir === 'out') {
      const record = decodeRecord(JSON.stringify(data));
      records.push(record);
      events.push(...translate(conversation, record));
    }
    each?.(conversation);
  }
  return { events, records, conversation };
}

type DataOf<T extends WorkerEvent['type']> = Extract<WorkerEvent, { type: T }>['data'];

/** What the events of one kind carry. */
export function only<T extends WorkerEvent['type']>(events: readonly WorkerEvent[], type: T): DataOf<T>[] {
  return events.flatMap((event) => (event.type === type ? [event.data as DataOf<T>] : []));
}

/** The text each message ends up with, in order; taken-back ones left out, a sub-agent's marked with `>`. */
export function texts(events: readonly WorkerEvent[]): string[] {
  const said = new Map<string, { content: string; parent: string }>();
  for (const { type, data } of events) {
    if (type === 'message') said.set(data.id, { content: data.content, parent: data.parent_id ? '> ' : '' });
    if (type === 'message.start') said.set(data.id, { content: '', parent: data.parent_id ? '> ' : '' });
    if (type === 'message.delta') {
      const message = said.get(data.message_id);
      if (!message) throw new Error(`a delta of ${data.message_id}, which never started`);
      message.content += data.content;
    }
    if (type === 'message.retract') for (const id of data.message_ids) said.delete(id);
  }
  return [...said.values()].map(({ content, parent }) => `${parent}${content}`);
}

/** One line per event, deltas of a block joined: what a reader of the test needs to see. */
export function outline(events: readonly WorkerEvent[]): string[] {
  return events.flatMap((event): string[] => {
    switch (event.type) {
      case 'message.start':
      case 'message.delta':
        return [];
      case 'message.end':
        return [`text ${textOf(events, event.data.message_id)}`];
      case 'message':
        return [`message ${event.data.content.split('\n')[0]}`];
      case 'message.retract':
        return [`retract ${event.data.message_ids.length}`];
      case 'reasoning':
        return [];
      case 'tool_call':
        return [`call ${event.data.name} (${event.data.kind}): ${event.data.title}`];
      case 'tool_update':
        return [`update ${event.data.status}`];
      case 'tool_result':
        return [`result${event.data.denied ? ' denied' : event.data.error === undefined ? '' : ' failed'}`];
      case 'step':
        return [`step ${event.data.step_type} ${event.data.status}`];
      case 'plan':
        return [`plan ${event.data.entries.map(({ content, status }) => `${content} ${status}`).join(', ')}`];
      case 'permission_request':
        return [`ask ${event.data.options?.map(({ id }) => id).join(' ')}`];
      case 'question_request':
        return [`question ${event.data.questions.map(({ question }) => question).join(' ')}`];
      case 'worker.notice':
        return [`notice ${event.data.kind}`];
      case 'error':
        return [`error ${event.data.code}`];
      case 'done':
        return [`done ${event.data.success} ${event.data.stats?.stop_reason}`];
      case 'background.tasks':
        return [`background ${event.data.count}`];
      default:
        return [event.type];
    }
  });
}

function textOf(events: readonly WorkerEvent[], id: string): string {
  return only(events, 'message.delta')
    .filter(({ message_id }) => message_id === id)
    .map(({ content }) => content)
    .join('');
}
