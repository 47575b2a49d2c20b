import type { ServerData, ServerEnvelope, ServerEvent, ServerKind } from '@hotplex/aep-protocol';
import type { TurnParts } from './turn-parts.ts';

type Handler<K extends ServerKind> = (turn: TurnParts, data: ServerData<K>, eventId: string) => void;

/** What every kind does to the message of its turn. A new kind of the protocol does not compile until it has a line here. */
export type EventHandlers = { readonly [K in ServerKind]: Handler<K> | 'not shown' };

export const eventHandlers: EventHandlers = {
  'message.start': ({ blocks }, data) => blocks.start(data),
  'message.delta': ({ blocks }, data) => blocks.delta(data),
  'message.end': ({ blocks }, data) => blocks.end(data),
  message: ({ blocks }, data) => blocks.whole(data),
  'message.retract': ({ blocks, data: parts }, data, eventId) => {
    const message_ids = blocks.retract(data.message_ids);
    if (message_ids.length > 0) parts.put('retraction', eventId, { ...data, message_ids });
  },
  reasoning: ({ blocks }, data) => blocks.reason(data),

  tool_call: ({ blocks, tools }, data) => {
    blocks.endReasoning(data.parent_id);
    tools.called(data);
  },
  tool_update: ({ tools }, data) => tools.updated(data),
  tool_result: ({ blocks, tools }, data) => {
    blocks.endReasoning(data.parent_id);
    tools.finished(data);
  },

  permission_request: ({ blocks, requests }, data) => {
    blocks.endReasoning(undefined);
    requests.permission(data);
  },
  'permission.resolved': ({ requests }, data) => requests.permissionResolved(data),
  question_request: ({ blocks, requests }, data) => {
    blocks.endReasoning(undefined);
    requests.question(data);
  },
  'question.resolved': ({ requests }, data) => requests.questionResolved(data),
  elicitation_request: ({ requests }, data) => requests.elicitation(data),
  'elicitation.resolved': ({ requests }, data) => requests.elicitationResolved(data),

  step: ({ data: parts }, data) => parts.step(data),
  plan: ({ data: parts }, data) => parts.put('plan', 'plan', data),
  'worker.notice': ({ data: parts }, data, eventId) => parts.put('notice', eventId, data),
  raw: ({ data: parts }, data, eventId) => parts.put('raw', eventId, data),
  error: ({ blocks, data: parts, ending }, data, eventId) => {
    blocks.endReasoning(undefined);
    ending.failWith(data);
    parts.put('error', eventId, data);
  },

  context_usage: ({ data: parts }, data) => parts.tell('context', data),
  skills_list: ({ data: parts }, data) => parts.tell('skills', data),
  mcp_status: ({ data: parts }, data) => parts.tell('mcp', data),
  'session.title': ({ data: parts }, data) => parts.tell('title', data),

  state: ({ data: parts, ending }, data, eventId) => {
    parts.tell('state', data);
    if (data.message === 'context_lost') {
      parts.put('notice', eventId, { kind: 'info', message: 'context_lost' });
    }
    if (data.state === 'terminated' || data.state === 'deleted') ending.reach({ success: false });
  },
  // Prompts are messages of their own, but for those that steered this turn.
  input: 'not shown',
  'input.status': ({ blocks, steering }, data) => {
    if (!steering.isTakenBy(data)) return;
    blocks.endAll();
    steering.show(data.input_id);
  },
  done: ({ ending }, data) => ending.reach(data),

  // Frames of one connection say nothing of the conversation.
  init_ack: 'not shown',
  'input.receipt': 'not shown',
  pong: 'not shown',
  control: 'not shown',
  resync: 'not shown',
  'session.forked': 'not shown',
  'session.rewound': 'not shown',
  presence: 'not shown',
  'session.opened': 'not shown',
};

export function handleEvent(turn: TurnParts, { id, event }: ServerEnvelope): void {
  dispatch(eventHandlers, turn, event, id);
}

function dispatch<K extends ServerKind>(
  handlers: { readonly [T in K]: Handler<T> | 'not shown' },
  turn: TurnParts,
  event: { type: K; data: ServerEvent['data'] },
  eventId: string,
): void {
  const handler = handlers[event.type];
  if (handler !== 'not shown') handler(turn, event.data as ServerData<K>, eventId);
}
