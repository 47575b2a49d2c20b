import { toPointWord } from '../../ground/conversation-point.ts';
import type { PastTurn } from '../terminal-conversations.ts';
import { collectTurns, type Said } from '../transcript/collect-turns.ts';
import { lastBranch } from '../transcript/last-branch.ts';
import type { WorkerEvent } from '../worker.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { decodeValue } from './messages.ts';
import { type TranscriptRecord, toPrompt } from './transcript-record.ts';
import { translate } from './translate.ts';

/** The turns of a conversation from the records of its file. */
export function toPastTurns(
  records: readonly TranscriptRecord[],
  { workDir, id }: { workDir: string; id: string },
): PastTurn[] {
  const conversation = createConversation({ workDir, resume: id });
  const branch = lastBranch(
    records.filter(({ isSidechain }) => !isSidechain),
    {
      idOf: ({ uuid }) => uuid,
      parentOf: ({ parentUuid, logicalParentUuid }) => parentUuid ?? logicalParentUuid,
    },
  );
  return collectTurns(
    branch.map((record): Said => {
      const events = toEvents(conversation, record);
      const last = conversation.lastSaid;
      return {
        ...{ timestamp: record.timestamp, prompt: toPrompt(record), events },
        point: last && toPointWord({ conversation: id, last }),
      };
    }),
  );
}

function toEvents(conversation: Conversation, record: TranscriptRecord): WorkerEvent[] {
  if (record.type !== 'assistant' && record.type !== 'user') return [];
  const { uuid, message, toolUseResult, isApiErrorMessage } = record;
  const said = decodeValue({
    ...{ type: record.type, uuid, message, tool_use_result: toolUseResult },
    is_api_error_message: isApiErrorMessage,
  });
  return said.type === 'unknown' ? [] : translate(conversation, said);
}
