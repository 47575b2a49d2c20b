import type { PastTurn } from '../terminal-conversations.ts';
import { collectTurns, type Said } from '../transcript/collect-turns.ts';
import { lastBranch } from '../transcript/last-branch.ts';
import type { WorkerEvent } from '../worker.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { createPolicy } from './permission.ts';
import { callsOf, messageOf, promptOf, resultOf, type TranscriptEntry } from './transcript-entry.ts';
import { translateMessageEnd } from './translate-message.ts';
import { translateToolEnd, translateToolStart } from './translate-tool.ts';

/** The turns of a conversation from the entries of its file. */
export function toPastTurns(
  entries: readonly TranscriptEntry[],
  { workDir, id }: { workDir: string; id: string },
): PastTurn[] {
  const conversation = createConversation({ workDir, prefix: id, policy: createPolicy({}) });
  const branch = lastBranch(entries, { idOf: (entry) => entry.id, parentOf: ({ parentId }) => parentId });
  return collectTurns(
    branch.map((entry): Said => {
      const events = toEvents(conversation, entry);
      return { timestamp: entry.timestamp, prompt: promptOf(entry), events };
    }),
  );
}

function toEvents(conversation: Conversation, entry: TranscriptEntry): WorkerEvent[] {
  if (entry.type !== 'message') return [];
  const result = resultOf(entry);
  if (result) {
    const { toolCallId, isError } = result;
    if (!conversation.calls.has(toolCallId)) return [];
    return translateToolEnd(conversation, {
      type: 'tool_execution_end',
      toolCallId,
      toolName: '',
      result,
      isError,
    });
  }
  const message = messageOf(entry);
  if (message.role !== 'assistant') return [];
  const calls = callsOf(entry).flatMap(({ id: toolCallId, name: toolName, arguments: args }) =>
    translateToolStart(conversation, { type: 'tool_execution_start', toolCallId, toolName, args }),
  );
  return [...translateMessageEnd(conversation, { type: 'message_end', message }), ...calls];
}
