import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import {
  type Model,
  type PiFacts,
  toCommands,
  toModelName,
  toModels,
  toNamed,
  toReady,
  toState,
} from './ready.ts';
import type { Reply, RequestChannel } from './request-channel.ts';

type Handshake = {
  pi: RequestChannel;
  conversation: Conversation;
  /** Whether the conversation should exist already. */
  resuming: boolean;
  permissionModes: readonly string[];
  /** Pi is up; called before the events that say so are told. */
  onReady(facts: PiFacts): void;
};

/** Pi says nothing by itself before the first prompt; its answers say that it is up and what it can do. */
export function shakeHands(handshake: Handshake): void {
  const { pi, conversation, resuming } = handshake;
  pi.request({ type: 'get_state' }, (reply) => {
    const messages = noteState(conversation, reply);
    // NOTE: asked for a conversation that it does not have, Pi begins one with that very id.
    if (resuming && messages === 0) beginAnew(handshake);
    else introduce(handshake, []);
    return [];
  });
}

/** What is lost gets another id, so that nobody takes the new conversation for the old one. */
function beginAnew(handshake: Handshake): void {
  const { pi, conversation } = handshake;
  const reason = 'the agent no longer has this conversation';
  // NOTE: asked at the same time, Pi would still speak of the old one.
  pi.request({ type: 'new_session' }, () => {
    pi.request({ type: 'get_state' }, (reply) => {
      noteState(conversation, reply);
      introduce(handshake, [{ type: 'context.lost', data: { reason } }]);
      return [];
    });
    return [];
  });
}

function introduce({ pi, conversation, permissionModes, onReady }: Handshake, before: WorkerEvent[]): void {
  let models: readonly Model[] = [];
  pi.request({ type: 'get_available_models' }, (reply) => {
    models = toModels(toValue(reply));
    noteWindows(conversation, models);
    return [];
  });
  pi.request({ type: 'get_commands' }, (reply) => {
    const facts = { models: models.map(toNamed), commands: toCommands(toValue(reply)) };
    onReady(facts);
    return [...before, { type: 'worker.ready', data: toReady(facts, permissionModes) }];
  });
}

/** Returns how many messages the conversation has, if Pi says so. */
function noteState(conversation: Conversation, reply: Reply): number | undefined {
  const { sessionId, messageCount, model } = toState(toValue(reply));
  conversation.sessionId = sessionId ?? undefined;
  if (model) noteWindows(conversation, [model]);
  return messageCount ?? undefined;
}

function noteWindows({ windows }: Conversation, models: readonly Model[]): void {
  for (const model of models) {
    if (model.contextWindow) windows.set(toModelName(model), model.contextWindow);
  }
}

function toValue(reply: Reply): unknown {
  return 'value' in reply ? reply.value : {};
}
