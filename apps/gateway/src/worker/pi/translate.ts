import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import { translateDialog } from './dialog.ts';
import type { PiRecord } from './messages.ts';
import { translateMessageEnd, translateMessageStart, translateMessageUpdate } from './translate-message.ts';
import {
  notice,
  translateCompactionEnd,
  translateCompactionStart,
  translateExtensionError,
  translateRetry,
} from './translate-notice.ts';
import { translateToolEnd, translateToolStart, translateToolUpdate } from './translate-tool.ts';
import { translateSettled, translateStart } from './translate-turn.ts';

/**
 * What one record of Pi means in the protocol's words. Does no I/O; remembers in `conversation`.
 * `at`: milliseconds of the worker's clock, because Pi does not say how long a turn took.
 */
export function translate(conversation: Conversation, record: PiRecord, at: number): WorkerEvent[] {
  switch (record.type) {
    case 'agent_start':
      return translateStart(conversation, at);
    case 'agent_settled':
      return translateSettled(conversation, record, at);
    case 'message_start':
      return translateMessageStart(conversation, record);
    case 'message_update':
      return translateMessageUpdate(conversation, record, at);
    case 'message_end':
      return translateMessageEnd(conversation, record);
    case 'tool_execution_start':
      return translateToolStart(conversation, record);
    case 'tool_execution_update':
      return translateToolUpdate(conversation, record);
    case 'tool_execution_end':
      return translateToolEnd(conversation, record);
    case 'auto_retry_start':
      return translateRetry(conversation, record);
    case 'compaction_start':
      return translateCompactionStart(record);
    case 'compaction_end':
      return translateCompactionEnd(conversation, record);
    case 'thinking_level_changed': {
      const { level } = record;
      return notice({ kind: 'model', message: `Thinking level is now ${level}.`, details: { level } });
    }
    case 'session_info_changed':
      return record.name ? [{ type: 'session.title', data: { title: record.name } }] : [];
    case 'extension_error':
      return translateExtensionError(record);
    case 'extension_ui_request':
      return translateDialog(conversation, record).events;
    case 'unknown':
      return [{ type: 'raw', data: { kind: record.kind, raw: record.raw } }];
    default:
      // Replies belong to our own requests; everything else is said by another record too.
      return [];
  }
}
