import { toPlan } from '../opencode/plan.ts';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import { type EventOf, type ServerEvent, sessionOf } from './messages.ts';
import { translateAsk, translateReply } from './translate-ask.ts';
import { translateDelta, translatePart, translateRemoval } from './translate-part.ts';
import { translateError, translateIdle, translateMessage, translateStatus } from './translate-turn.ts';

/** What one event of the server means in the protocol's words. Does no I/O; remembers in `conversation`. */
export function translate(conversation: Conversation, event: ServerEvent): WorkerEvent[] {
  const isMain = sessionOf(event) === conversation.sessionId;
  switch (event.type) {
    case 'message.updated':
      return translateMessage(conversation, event.properties.info);
    case 'message.part.updated':
      return translatePart(conversation, event.properties.part);
    case 'message.part.delta':
      return translateDelta(conversation, event.properties);
    case 'message.part.removed':
      return translateRemoval(conversation, event.properties.partID);
    case 'permission.asked':
    case 'question.asked':
      return translateAsk(conversation, event);
    case 'permission.replied':
      return translateReply(conversation, event.properties.requestID, event.properties.reply);
    case 'question.replied':
    case 'question.rejected':
      return translateReply(conversation, event.properties.requestID, 'once');
    // A sub-agent's state, title and list are its own affair.
    case 'session.status':
      return isMain ? translateStatus(conversation, event.properties.status) : [];
    case 'session.idle':
      return isMain ? translateIdle(conversation) : [];
    case 'session.error':
      return isMain ? translateError(conversation, event.properties.error) : [];
    case 'session.updated':
      return isMain ? translateTitle(conversation, event) : [];
    case 'todo.updated':
      return isMain ? [toPlan(event.properties.todos)] : [];
    case 'session.compacted':
      return isMain ? compacted : [];
    case 'session.created':
      return [];
  }
}

const compacted: WorkerEvent[] = [
  { type: 'worker.notice', data: { kind: 'compaction', message: 'The conversation was summarised.' } },
];

/** NOTE: until the model has found a title the session is called by its date. */
function translateTitle(conversation: Conversation, event: EventOf<'session.updated'>): WorkerEvent[] {
  const { title } = event.properties.info;
  if (!title || title === conversation.title || /^(New|Child) session - \d{4}-/.test(title)) return [];
  conversation.title = title;
  return [{ type: 'session.title', data: { title } }];
}
