import * as z from 'zod';
import { toPointWord } from '../../ground/conversation-point.ts';
import type { PastTurn } from '../terminal-conversations.ts';
import { collectTurns, type Said } from '../transcript/collect-turns.ts';
import type { WorkerEvent } from '../worker.ts';
import { todoList, toPlan } from './plan.ts';
import { toolCall, toolResult } from './tool-events.ts';
import { type ToolPart, toolPart } from './tool-state.ts';

const time = z.number().min(0).max(8_640_000_000_000_000);

/** A message as OpenCode keeps it, without what it is made of. */
export const keptMessage = z.looseObject({
  role: z.string(),
  time: z.looseObject({ created: time, completed: time.nullish() }),
  /** True on the answer that is the summary of a compaction, which the agent wrote for itself. */
  summary: z.unknown().optional(),
});

const words = { id: z.string(), text: z.string(), synthetic: z.boolean().nullish() };

/** A piece of one. Those of other kinds say nothing to people. */
export const keptPart = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), ...words }),
  z.looseObject({ type: z.literal('reasoning'), ...words }),
  toolPart,
]);

export type KeptMessage = {
  id: string;
  info: z.infer<typeof keptMessage>;
  parts: readonly z.infer<typeof keptPart>[];
};

/** What a person typed; undefined of an answer, and of what OpenCode says to the model in a person's place. */
export function promptOf({ info, parts }: KeptMessage): string | undefined {
  if (info.role !== 'user') return undefined;
  const typed = parts.flatMap((part) => (part.type === 'text' && !part.synthetic ? part.text : []));
  const text = typed.join('\n');
  return text.trim() === '' ? undefined : text;
}

type Place = { workDir: string; id: string; rewinds: boolean };

/** The turns of a conversation from its messages, oldest first. */
export function toPastTurns(messages: readonly KeptMessage[], { workDir, id, rewinds }: Place): PastTurn[] {
  return collectTurns(
    messages.map((message): Said => {
      const { role, time, summary } = message.info;
      const isAnswer = role === 'assistant' && summary !== true;
      return {
        timestamp: new Date(time.completed ?? time.created).toISOString(),
        prompt: promptOf(message),
        events: isAnswer ? message.parts.flatMap((part) => toEvents(part, workDir)) : [],
        point: isAnswer && rewinds ? toPointWord({ conversation: id, last: message.id }) : undefined,
      };
    }),
  );
}

function toEvents(part: KeptMessage['parts'][number], workDir: string): WorkerEvent[] {
  if (part.type === 'tool') return toToolEvents(part, workDir);
  const { id, text: content } = part;
  if (content === '') return [];
  if (part.type === 'reasoning') return [{ type: 'reasoning', data: { id, content } }];
  return [{ type: 'message', data: { id, role: 'assistant', content, content_type: 'text' } }];
}

/** A call that has not ended was cut off with its turn. */
function toToolEvents(part: ToolPart, workDir: string): WorkerEvent[] {
  const { callID: id, tool, state } = part;
  if (state.status !== 'completed' && state.status !== 'error') return [];
  const todos = tool === 'todowrite' ? todoList.safeParse(state.input.todos) : undefined;
  const plan = todos?.success && state.status === 'completed' ? [toPlan(todos.data)] : [];
  const call = toolCall(part, { workDir, parentId: undefined });
  return [call, toolResult({ id, tool, state, parentId: undefined }), ...plan];
}
