import { Chat } from '@ai-sdk/react';
import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { type AepChatTransport, type AepUIMessage, toMessages } from '@hotplex/ai-sdk-transport';
import type { ConnectionState, SessionsApi } from '@hotplex/client-sdk';
import { nextQueue, type QueuedInput } from './input-queue.ts';
import { newInputId } from './new-input-id.ts';
import { createObservable, type Observable } from './observable.ts';

/** One session as this page holds it: the chat that `useChat` draws, and what goes on beside the messages. */
export type Conversation = {
  readonly id: string;
  readonly chat: Chat<AepUIMessage>;
  readonly connection: Observable<ConnectionState>;
  /** Inputs that wait for the running turn, from any device. */
  readonly queue: Observable<readonly QueuedInput[]>;
  /** True while the agent's memory of this conversation is known to be gone. */
  readonly contextLost: Observable<boolean>;
  /** Sends a message, or queues it while a turn runs. Rejects when the gateway did not accept it. */
  send: (text: string) => Promise<void>;
  cancelQueued: (inputId: string) => Promise<void>;
  interrupt: () => Promise<void>;
  answerPermission: (
    id: string,
    answer: { allowed: boolean; reason?: string; optionId?: string },
  ) => Promise<void>;
  answerQuestion: (id: string, answers: Record<string, string | string[]>) => Promise<void>;
  answerElicitation: (
    id: string,
    action: 'accept' | 'decline' | 'cancel',
    content?: Record<string, unknown>,
  ) => Promise<void>;
};

type Options = { transport: AepChatTransport; sessions: SessionsApi; onActivity: () => void };

/** Loads a session's history and follows it from there on. */
export async function openConversation(id: string, options: Options): Promise<Conversation> {
  const { transport, sessions, onActivity } = options;
  const envelopes: ServerEnvelope[] = [];
  for await (const envelope of sessions.allEvents(id)) envelopes.push(envelope);
  const { messages } = await toMessages(envelopes);

  const connection = createObservable<ConnectionState>({ status: 'connecting' });
  const queue = createObservable(envelopes.reduce(nextQueue, [] as readonly QueuedInput[]));
  const contextLost = createObservable(false);
  const chat = new Chat<AepUIMessage>({
    id,
    messages,
    transport,
    generateId: newInputId,
    onFinish: onActivity,
  });

  transport.onConnection(id, connection.set);
  transport.onEvent(id, (envelope) => {
    queue.set(nextQueue(queue.get(), envelope));
    const { event } = envelope;
    if (event.type === 'state') {
      if (event.data.message === 'context_lost') contextLost.set(true);
      onActivity();
    }
    if (event.type.endsWith('_request') || event.type.endsWith('.resolved')) onActivity();
  });
  transport.onForeignTurn(id, ({ message }) => void followForeignTurn(chat, message));
  await transport.connect(id);

  return {
    id,
    chat,
    connection,
    queue,
    contextLost,
    send: async (text) => {
      contextLost.set(false);
      if (chat.status === 'submitted' || chat.status === 'streaming') {
        await transport.client(id).prompt(text, { inputId: newInputId() }).accepted;
      } else {
        void chat.sendMessage({ text });
      }
    },
    cancelQueued: (inputId) => transport.client(id).cancelInput(inputId),
    interrupt: () => transport.interrupt(id),
    answerPermission: (requestId, answer) => transport.respondToPermission(id, requestId, answer),
    answerQuestion: (requestId, answers) => transport.answerQuestion(id, requestId, answers),
    answerElicitation: (requestId, action, content) =>
      transport.respondToElicitation(id, requestId, action, content),
  };
}

/** Shows a turn that was started elsewhere, or from the queue, once the turn on screen has ended. */
async function followForeignTurn(chat: Chat<AepUIMessage>, message: AepUIMessage | undefined): Promise<void> {
  await whenReady(chat);
  if (message && !chat.messages.some((known) => known.id === message.id)) {
    chat.messages = [...chat.messages, message];
  }
  await chat.resumeStream();
}

function whenReady(chat: Chat<AepUIMessage>): Promise<void> {
  const isBusy = () => chat.status === 'submitted' || chat.status === 'streaming';
  if (!isBusy()) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = chat['~registerStatusCallback'](() => {
      if (isBusy()) return;
      unsubscribe();
      resolve();
    });
  });
}
