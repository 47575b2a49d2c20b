import { setTimeout as wait } from 'node:timers/promises';

type Answer = Record<string, unknown> & { id: string };

/** Thrown inside a scene when somebody asks the turn to end. */
export class Interrupted extends Error {}

/** Thrown by a scene that ends in an error. */
export class Failed extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a scene can do: say things as the agent, wait for people, pace itself. Everything leaves as one line of JSON. */
export class Stage {
  /** Pauses are multiplied by this; 0 is as fast as possible. */
  readonly #pace: number;
  readonly #write: (line: string) => void;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  readonly #abort = new AbortController();
  readonly #turn: string;
  #ids = 0;
  toolCalls = 0;
  firstWordAt: number | undefined;
  /** Prompts handed to this turn while it ran. */
  readonly steered: string[] = [];

  constructor({ pace, turn, write }: { pace: number; turn: string; write: (line: string) => void }) {
    this.#pace = pace;
    this.#turn = turn;
    this.#write = write;
  }

  id(name: string): string {
    this.#ids += 1;
    return `${this.#turn}-${name}-${this.#ids}`;
  }

  tell(type: string, data: Record<string, unknown>): void {
    this.firstWordAt ??= performance.now();
    this.#write(JSON.stringify({ type, data }));
  }

  interrupt(): void {
    this.#abort.abort();
  }

  async pause(ms: number): Promise<void> {
    if (this.#abort.signal.aborted) throw new Interrupted();
    if (this.#pace === 0) return;
    await wait(ms * this.#pace, undefined, { signal: this.#abort.signal }).catch(() => {
      throw new Interrupted();
    });
  }

  /** Streams a text word by word as one block; the block is closed also when the turn is cut off. */
  async say(text: string, options: { parent?: string; wordMs?: number } = {}): Promise<string> {
    const id = this.id('text');
    const parent = options.parent === undefined ? {} : { parent_id: options.parent };
    this.tell('message.start', { id, role: 'assistant', content_type: 'text', ...parent });
    try {
      for (const word of text.match(/\s*\S+\s*/g) ?? [text]) {
        this.tell('message.delta', { message_id: id, content: word, ...parent });
        await this.pause(options.wordMs ?? 25);
      }
    } finally {
      this.tell('message.end', { message_id: id, ...parent });
    }
    return id;
  }

  async think(text: string): Promise<void> {
    const id = this.id('thought');
    for (const word of text.match(/\s*\S+\s*/g) ?? []) {
      this.tell('reasoning', { id, content: word });
      await this.pause(20);
    }
  }

  call(name: string, input: Record<string, unknown>, view: Record<string, unknown>): string {
    const id = this.id('tool');
    this.toolCalls += 1;
    this.tell('tool_call', { id, name, input, status: 'running', ...view });
    return id;
  }

  /** Asks people something and waits for the answer, or for the end of the turn. */
  async ask(type: string, data: Record<string, unknown>): Promise<Answer> {
    const id = this.id('ask');
    const answer = Promise.withResolvers<Answer>();
    this.#waiting.set(id, answer.resolve);
    this.#abort.signal.addEventListener('abort', () => answer.reject(new Interrupted()), { once: true });
    this.tell(type, { id, ...data });
    try {
      return await answer.promise;
    } catch (error) {
      this.tell('interaction.withdrawn', { id });
      throw error;
    } finally {
      this.#waiting.delete(id);
    }
  }

  answer(answer: Answer): void {
    this.#waiting.get(answer.id)?.(answer);
  }
}
