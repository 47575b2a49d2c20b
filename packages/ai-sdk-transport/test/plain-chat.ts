import { AbstractChat, type ChatInit, type ChatState, type ChatStatus } from 'ai';
import type { AepUIMessage } from '../src/ui-message.ts';

type Init = Omit<ChatInit<AepUIMessage>, 'transport'> & Required<Pick<ChatInit<AepUIMessage>, 'transport'>>;

/** What `useChat` keeps in React, kept in plain fields; like there, every write gives new objects. */
class PlainState implements ChatState<AepUIMessage> {
  readonly #changed: () => void;
  #messages: AepUIMessage[];
  #status: ChatStatus = 'ready';
  error: Error | undefined;

  constructor(messages: AepUIMessage[], changed: () => void) {
    this.#messages = messages;
    this.#changed = changed;
  }

  get status(): ChatStatus {
    return this.#status;
  }
  set status(status: ChatStatus) {
    this.#status = status;
    this.#changed();
  }
  get messages(): AepUIMessage[] {
    return this.#messages;
  }
  set messages(messages: AepUIMessage[]) {
    this.#messages = [...messages];
    this.#changed();
  }
  readonly pushMessage = (message: AepUIMessage) => {
    this.messages = [...this.#messages, message];
  };
  readonly popMessage = () => {
    this.messages = this.#messages.slice(0, -1);
  };
  readonly replaceMessage = (index: number, message: AepUIMessage) => {
    this.messages = this.#messages.with(index, this.snapshot(message));
  };
  readonly snapshot = <T>(thing: T): T => structuredClone(thing);
}

/** The AI SDK’s own chat, without a UI: everything but the state is the code that `useChat` runs. */
export class PlainChat extends AbstractChat<AepUIMessage> {
  readonly #waiting = new Set<() => void>();

  constructor({ messages = [], ...init }: Init) {
    const changed = () => {
      for (const look of [...this.#waiting]) look();
    };
    super({ ...init, state: new PlainState(messages, () => changed()) });
  }

  /** Resolves as soon as `find` finds something; looks after every change. Rejects when the chat fails. */
  until<T>(find: (chat: PlainChat) => T | undefined | false): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const look = () => {
      const found = find(this);
      if (found !== undefined && found !== false) resolve(found);
      else if (this.status === 'error') reject(this.error);
    };
    this.#waiting.add(look);
    look();
    return promise.finally(() => this.#waiting.delete(look));
  }
}
