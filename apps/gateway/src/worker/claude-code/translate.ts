import type { NoticeReason } from '@hotplex/aep-protocol';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import type { ClaudeRecord } from './messages.ts';
import { translateAsk } from './permission.ts';
import type { SystemRecord } from './system-records.ts';
import { translateAssistant, translateUser } from './translate-blocks.ts';
import {
  notice,
  translateCompaction,
  translateRateLimit,
  translateRetry,
  translateStatus,
} from './translate-notice.ts';
import { translateStream } from './translate-stream.ts';
import { translateTask } from './translate-task.ts';
import { translateInit, translateLifecycle, translateResult } from './translate-turn.ts';

/** What one record of the CLI means in the protocol's words. Does no I/O; remembers in `conversation`. */
export function translate(conversation: Conversation, record: ClaudeRecord): WorkerEvent[] {
  switch (record.type) {
    case 'stream_event':
      return translateStream(conversation, record);
    case 'assistant':
      return translateAssistant(conversation, record);
    case 'user':
      return translateUser(conversation, record);
    case 'result':
      return translateResult(conversation, record);
    case 'system':
      return translateSystem(conversation, record);
    case 'control_request':
      return translateAsk(conversation, record) ?? [];
    case 'control_cancel_request':
      if (!conversation.asks.delete(record.request_id)) return [];
      return [{ type: 'interaction.withdrawn', data: { id: record.request_id } }];
    case 'command_lifecycle':
      return translateLifecycle(conversation, record);
    case 'rate_limit_event':
      return translateRateLimit(conversation, record);
    case 'conversation_reset':
      conversation.plan.clear();
      return notice({
        kind: 'info',
        message: 'A new conversation: the agent forgot what was said before.',
        details: { reason: 'new_conversation' satisfies NoticeReason },
      });
    case 'unknown':
      return [{ type: 'raw', data: { kind: record.kind, raw: record.raw } }];
    case 'control_response':
    case 'keep_alive':
      return [];
  }
}

function translateSystem(conversation: Conversation, record: SystemRecord): WorkerEvent[] {
  switch (record.subtype) {
    case 'init':
      return translateInit(conversation, record);
    case 'status':
      return translateStatus(conversation, record);
    case 'api_retry':
      return translateRetry(record);
    case 'task_started':
    case 'task_notification':
    case 'background_tasks_changed':
      return translateTask(conversation, record);
    case 'permission_denied':
      conversation.refused.add(record.tool_use_id);
      return [];
    case 'compact_boundary':
      return translateCompaction(record);
    case 'informational':
      return notice({ kind: 'info', message: record.content });
    case 'session_title_changed':
      return [{ type: 'session.title', data: { title: record.title } }];
    case 'elicitation_complete':
    case 'session_state_changed':
    case 'thinking_tokens':
    case 'task_updated':
    case 'ui_invalidate':
    case 'model_refusal_no_fallback':
      return [];
  }
}
