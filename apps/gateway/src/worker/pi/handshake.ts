import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import { type Model, toModelName, toModels, toReady, toState } from './ready.ts';
import type { Reply, RequestChannel } from './request-channel.ts';

type Handshake = {
  pi: RequestChannel;
  conversation: Conversation;
  /** Whether the conversation should exist already. */
  resuming: boolean;
  permissionModes: readonly string[];
  /** Pi is up; called before the events that say so are told. */
  onReady(models: readonly Model[]): void;
};

/** Pi says nothing by itself before the first prompt; its answers to these say that it is up and what it can do. */
export function shakeHands({ pi, conversation, resuming, permissionModes, onReady }: Handshake): void {
  const lost: WorkerEvent[] = [];
  let models: readonly Model[] = [];
  pi.request({ type: 'get_state' }, (reply) => {
    const { sessionId, messageCount, model } = toState(toValue(reply));
    conversation.sessionId = sessionId ?? undefined;
    if (model) noteWindows(conversation, [model]);
    // NOTE: asked for a conversation that it does not have, Pi begins one with that very id.
    if (resuming && messageCount === 0) {
      lost.push({ type: 'context.lost', data: { reason: 'the agent no longer has this conversation' } });
    }
    return [];
  });
  pi.request({ type: 'get_available_models' }, (reply) => {
    models = toModels(toValue(reply));
    noteWindows(conversation, models);
    return [];
  });
  pi.request({ type: 'get_commands' }, (reply) => {
    onReady(models);
    const data = toReady({ models, commands: toValue(reply), permissionModes });
    return [...lost, { type: 'worker.ready', data }];
  });
}

function noteWindows({ windows }: Conversation, models: readonly Model[]): void {
  for (const model of models) {
    if (model.contextWindow) windows.set(toModelName(model), model.contextWindow);
  }
}

function toValue(reply: Reply): unknown {
  return 'value' in reply ? reply.value : {};
}
