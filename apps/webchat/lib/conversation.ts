import { Chat } from '@ai-sdk/react';
import type { ClientData, ServerEnvelope } from '@hotplex/aep-protocol';
import type {
  AepChatTransport,
  AepUIMessage,
  ForeignTurn,
  Participant,
  SessionFacts,
} from '@hotplex/ai-sdk-transport';
import { nextFacts, noFacts } from '@hotplex/ai-sdk-transport';
import type { ConnectionState, SessionSummary, SessionsApi, UploadedFile } from '@hotplex/client-sdk';
import type { FileUIPart } from 'ai';
import { type AgentCommand, nextCommands } from './agent-commands.ts';
import { createHistory } from './history.ts';
import { newInputId } from './new-input-id.ts';
import { createObservable, type Observable } from './observable.ts';

/** What is to become of a message that is sent while a turn runs. */
export type Delivery = 'queue' | 'steer' | 'interrupt';

export type WorkerCommand = ClientData<'worker_command'>['command'];

/** One session as this page holds it: the chat that `useChat` draws, and what goes on beside the messages. */
export type Conversation = {
  readonly id: string;
  /** The session as it was when it was opened; the list of sessions may know it better. */
  readonly session: SessionSummary;
  readonly chat: Chat<AepUIMessage>;
  /** Whether there are messages before those of the chat. */
  readonly hasEarlier: Observable<boolean>;
  /** Puts earlier messages before those of the chat: some, or all back to an event. */
  showEarlier: (seq?: number) => Promise<void>;
  readonly connection: Observable<ConnectionState>;
  /** Who has it open, this page included. */
  readonly participants: Observable<readonly Participant[]>;
  /** What the log says beside the messages, such as the prompts that wait, from any device. */
  readonly facts: Observable<SessionFacts>;
  /** Slash commands and skills of the agent; undefined until it has told them. */
  readonly commands: Observable<readonly AgentCommand[] | undefined>;
  /** Whether the agent takes this command. */
  takes: (command: WorkerCommand) => boolean;
  /** Gives the agent a command; what it answers comes as events. Rejects if it could not be given. */
  command: (command: WorkerCommand) => Promise<void>;
  /** Sends a message; while a turn runs, in the given way. Rejects when the gateway did not take it. */
  send: (text: string, delivery?: Delivery, files?: readonly UploadedFile[]) => Promise<void>;
  editQueued: (inputId: string, content: string) => Promise<void>;
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

/** Follows a session from now on, then loads what was just before: in this order nothing falls between the two. */
export async function openConversation(id: string, options: Options): Promise<Conversation> {
  const { transport, sessions, onActivity } = options;
  // The transport makes a session for an id that is unknown; an address in the browser must not.
  const session = await sessions.get(id);
  const connection = createObservable<ConnectionState>({ status: 'connecting' });
  const participants = createObservable<readonly Participant[]>([]);
  const facts = createObservable(noFacts);
  const commands = createObservable<readonly AgentCommand[] | undefined>(undefined);
  const early: ServerEnvelope[] = [];
  const opened = Promise.withResolvers<Chat<AepUIMessage>>();
  let following: Promise<unknown> = opened.promise;
  let isOpen = false;
  const handshake = () => transport.client(id).session;
  const capabilities = () => handshake()?.server_caps;
  const history = createHistory(id, sessions);
  const take = (envelopes: readonly ServerEnvelope[]) => {
    facts.set(envelopes.reduce(nextFacts, facts.get()));
    commands.set(envelopes.reduce(nextCommands, commands.get()));
  };

  const subscriptions = [
    transport.onConnection(id, (state) => {
      connection.set(state);
      const told = state.status === 'ready' ? capabilities()?.commands : undefined;
      if (told) commands.set(told);
    }),
    transport.onEvent(id, (envelope) => {
      if (isOpen) take([envelope]);
      else early.push(envelope);
      if (showsInList(envelope)) onActivity();
      if (isOpen && envelope.event.type === 'session.rewound')
        following = following.then(async () => showAgain(await opened.promise, history.again));
    }),
    transport.onParticipants(id, participants.set),
    transport.onForeignTurn(id, (turn) => {
      following = following.then(async () => follow(await opened.promise, turn, history.again));
    }),
  ];
  try {
    await transport.connect(id);
    const { messages, envelopes } = await history.open(handshake()?.queue ?? []);
    // Facts pass over what they were told before.
    take([...envelopes, ...early]);
    isOpen = true;
    opened.resolve(new Chat({ id, messages, transport, generateId: newInputId, onFinish: onActivity }));
  } catch (error) {
    for (const unsubscribe of subscriptions) unsubscribe();
    throw error;
  }

  const chat = await opened.promise;
  let showing: Promise<unknown> = Promise.resolve();
  const showMore = async () => {
    const earlier = await history.earlier();
    if (earlier.length > 0) chat.messages = [...earlier, ...chat.messages];
  };
  return {
    id,
    session,
    chat,
    hasEarlier: history.hasEarlier,
    showEarlier: (seq) => {
      const more = async () => {
        if (seq === undefined) await showMore();
        else while (history.isBefore(seq)) await showMore();
      };
      const shown = showing.then(more);
      showing = shown.catch(() => undefined);
      return shown;
    },
    ...{ connection, participants, facts, commands },
    takes: (command) => capabilities()?.worker_commands?.includes(command) ?? false,
    command: (command) => transport.command(id, command),
    send: async (text, delivery = 'queue', files = []) => {
      if (!isBusy(chat)) return void chat.sendMessage({ text, files: files.map(toFilePart) });
      const prompt = { content: text, attachments: files };
      await transport.client(id).prompt(prompt, { inputId: newInputId(), delivery }).accepted;
    },
    editQueued: (inputId, content) => transport.client(id).editInput(inputId, content),
    cancelQueued: (inputId) => transport.client(id).cancelInput(inputId),
    interrupt: () => transport.interrupt(id),
    answerPermission: (requestId, answer) => transport.respondToPermission(id, requestId, answer),
    answerQuestion: (requestId, answers) => transport.answerQuestion(id, requestId, answers),
    answerElicitation: (requestId, action, content) =>
      transport.respondToElicitation(id, requestId, action, content),
  };
}

/** What the list of sessions would show otherwise after this event. */
function showsInList({ event: { type } }: ServerEnvelope): boolean {
  return (
    type === 'state' || type === 'session.title' || type.endsWith('_request') || type.endsWith('.resolved')
  );
}

/** Shows a turn that was started elsewhere, or from the queue, once the turn on screen has ended. Never rejects. */
async function follow(
  chat: Chat<AepUIMessage>,
  { turnId, message }: ForeignTurn,
  again: () => Promise<AepUIMessage[]>,
): Promise<void> {
  await whenReady(chat);
  const has = (messageId: string) => chat.messages.some((known) => known.id === messageId);
  if (message && !has(message.id)) chat.messages = [...chat.messages, message];
  await chat.resumeStream();
  if (has(turnId)) return;
  // A short turn may be over before its stream was asked for; the log has it.
  await showAgain(chat, again);
}

/** Shows what the log says by now, unless a turn runs or it is not to be had. Never rejects. */
async function showAgain(chat: Chat<AepUIMessage>, again: () => Promise<AepUIMessage[]>): Promise<void> {
  const messages = await again().catch(() => undefined);
  if (messages && !isBusy(chat)) chat.messages = messages;
}

/** An uploaded file as the transport knows it. */
function toFilePart({ id, name, media_type: mediaType }: UploadedFile): FileUIPart {
  return { type: 'file', url: `hotplex-file:${id}`, filename: name, mediaType };
}

function isBusy(chat: Chat<AepUIMessage>): boolean {
  return chat.status === 'submitted' || chat.status === 'streaming';
}

function whenReady(chat: Chat<AepUIMessage>): Promise<void> {
  if (!isBusy(chat)) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = chat['~registerStatusCallback'](() => {
      if (isBusy(chat)) return;
      unsubscribe();
      resolve();
    });
  });
}
