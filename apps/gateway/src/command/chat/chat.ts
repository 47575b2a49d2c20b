import type { ServerEnvelope } from '@hotplex/aep-protocol';
import type { AepClient, ConnectionState } from '@hotplex/client-sdk';
import { systemClock as clock } from '../../ground/clock.ts';
import { answerInteraction } from '../terminal/answer-interaction.ts';
import { MarkdownStyle, plainMarkdown } from '../terminal/markdown-style.ts';
import { createPaint, hasColours } from '../terminal/paint.ts';
import { plainLine } from '../terminal/plain-text.ts';
import { Screen } from '../terminal/screen.ts';
import { ChatView } from './chat-view.ts';
import { readSlash } from './slash-commands.ts';

type ChatOptions = {
  client: AepClient;
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  history: string[];
  /** The first line, shown once there is somebody to hear what is typed. */
  greeting: string;
  rename(title: string): Promise<void>;
};

/** A conversation in a terminal, from the first prompt until somebody leaves. */
export class Chat {
  readonly #options: ChatOptions;
  readonly #screen: Screen;
  readonly #view: ChatView;
  readonly #paint;
  readonly #left = Promise.withResolvers<void>();
  /** Prompts of ours, and those of them that the gateway has not confirmed. */
  readonly #own = new Set<string>();
  readonly #unsent = new Map<string, string>();
  /** What is asked, by its id: aborted once it is decided. */
  readonly #asked = new Map<string, AbortController>();
  #answering: Promise<void> = Promise.resolve();
  #isRunning = false;
  #warnedAt = Number.NEGATIVE_INFINITY;

  constructor(options: ChatOptions) {
    this.#options = options;
    const { client, input, output, history } = options;
    const isColoured = hasColours(output);
    this.#paint = createPaint(isColoured);
    this.#screen = new Screen({
      ...{ input, output, clock, history },
      onLine: (text) => this.#entered(text),
      onInterrupt: () => this.#interrupted(),
      onEnd: () => this.#left.resolve(),
    });
    const isOwn = (id: string) => this.#own.has(id);
    const markdown = isColoured ? new MarkdownStyle(this.#paint) : plainMarkdown;
    this.#view = new ChatView({ screen: this.#screen, paint: this.#paint, markdown, isOwn });
    this.#screen.say(options.greeting);
    client.onEvent((envelope) => this.take(envelope));
    client.onConnection((state) => this.#connected(state));
  }

  /** An event, as it comes or of before. */
  take(envelope: ServerEnvelope): void {
    const { event } = envelope;
    this.#view.show(envelope);
    if (event.type === 'state') this.#running = event.data.state === 'running';
    if (/^(permission|question|elicitation)\.resolved$/.test(event.type) && 'id' in event.data)
      this.#asked.get(String(event.data.id))?.abort(new DOMException('decided elsewhere', 'AbortError'));
    if (
      event.type === 'permission_request' ||
      event.type === 'question_request' ||
      event.type === 'elicitation_request'
    )
      this.#ask(event.data.id, envelope);
  }

  /** Resolves once somebody leaves; what was written and not sent. */
  async untilLeft(): Promise<string[]> {
    this.#running = this.#options.client.session?.state === 'running';
    await this.#left.promise;
    const draft = this.#screen.draft.trim();
    this.#screen.close();
    return [...this.#unsent.values(), ...(draft === '' ? [] : [draft])];
  }

  set #running(isRunning: boolean) {
    this.#isRunning = isRunning;
    this.#screen.idle = !isRunning;
  }

  #entered(text: string): void {
    const { client, rename } = this.#options;
    const say = (words: string) => this.#screen.say(words);
    const command = text.startsWith('/')
      ? readSlash(
          text,
          (client.session?.server_caps.commands ?? []).map(({ name }) => name),
        )
      : undefined;
    if (command === undefined) {
      this.#send(text);
      return;
    }
    const work = async () => {
      if (typeof command === 'string') say(this.#paint('bad', command));
      else await command.run({ client, say, rename, leave: () => this.#left.resolve() }, command.rest);
    };
    void work()
      .catch((error: unknown) => say(this.#paint('bad', plainLine(wordsOf(error), 400))))
      .finally(() => {
        this.#screen.idle = !this.#isRunning;
      });
  }

  #send(text: string): void {
    const turn = this.#options.client.prompt(text);
    const { inputId = '' } = turn;
    this.#own.add(inputId);
    this.#unsent.set(inputId, text);
    if (this.#isRunning) this.#screen.say(this.#paint('faint', '  (after this turn)'));
    else this.#screen.idle = false;
    turn.accepted.then(
      () => this.#unsent.delete(inputId),
      (error: unknown) => {
        // Left where it was not sent: ↑ brings it back, and it is told at the end.
        this.#screen.say(this.#paint('bad', `Not sent: ${plainLine(wordsOf(error), 400)}`));
        this.#screen.idle = !this.#isRunning;
      },
    );
  }

  #ask(id: string, { event }: ServerEnvelope): void {
    const decided = new AbortController();
    this.#asked.set(id, decided);
    const answer = async () => {
      if (decided.signal.aborted) return;
      const { client } = this.#options;
      await answerInteraction(event, { client, dialogue: this.#screen, signal: decided.signal });
    };
    this.#answering = this.#answering
      .then(answer)
      .catch((error: unknown) => {
        const words = decided.signal.aborted ? 'It is decided.' : plainLine(wordsOf(error), 400);
        this.#screen.say(this.#paint('faint', `  ${words}`));
      })
      .finally(() => void this.#asked.delete(id));
  }

  #interrupted(): void {
    if (this.#isRunning) {
      void this.#options.client.interrupt().catch(() => {});
      this.#screen.say(this.#paint('faint', '  stopping …'));
      return;
    }
    const now = clock.elapsed();
    if (now - this.#warnedAt < 2_000) this.#left.resolve();
    this.#warnedAt = now;
    this.#screen.say(this.#paint('faint', '  Ctrl+C again, or /quit, to leave.'));
  }

  #connected(state: ConnectionState): void {
    if (state.status === 'reconnecting' && state.attempt === 1)
      this.#screen.say(
        this.#paint('asked', '⚠ The connection is lost. It is tried again; what you write is kept.'),
      );
    if (state.status === 'ready') {
      this.#screen.say(this.#paint('good', '✓ Connected.'));
      this.#running = this.#options.client.session?.state === 'running';
    }
    if (state.status === 'closed') {
      if (state.cause) this.#screen.say(this.#paint('bad', plainLine(wordsOf(state.cause), 400)));
      this.#left.resolve();
    }
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
