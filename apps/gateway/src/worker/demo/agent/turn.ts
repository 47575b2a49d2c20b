import { once } from 'node:events';
import type { DemoAnswer, DemoLine, DemoLineOf, DemoPart } from '../messages.ts';
import { Asks } from './asks.ts';
import type { DemoModel } from './models.ts';
import { type Prompt, Steering } from './steering.ts';
import type { Surroundings } from './surroundings.ts';
import { TextBlock } from './text-block.ts';
import { ToolCall, type ToolCallStart } from './tool-call.ts';
import { TurnFailure } from './turn-failure.ts';

export type TurnOptions = {
  prompts: readonly Prompt[];
  model: DemoModel;
  surroundings: Surroundings;
  /** Begins a turn of its own after so many milliseconds. */
  later: (ms: number, play: (turn: Turn) => Promise<void>) => void;
};

/** One turn: what a script can do, and the guarantee that all it opened is closed at the end. */
export class Turn {
  readonly surroundings: Surroundings;
  readonly later: TurnOptions['later'];
  readonly #model: DemoModel;
  readonly #prompts: Prompt[];
  readonly #stop = new AbortController();
  readonly #asks = new Asks();
  readonly #steering = new Steering();
  readonly #blocks: TextBlock[] = [];
  readonly #calls: ToolCall[] = [];
  readonly #started: number;
  #firstWord: number | null = null;
  #words = 0;

  constructor({ prompts, model, surroundings, later }: TurnOptions) {
    this.surroundings = surroundings;
    this.later = later;
    this.#model = model;
    this.#prompts = [...prompts];
    this.#started = surroundings.elapsed();
  }

  /** Plays the script to its end, to an interrupt or to a failure, then closes what is open and says `end`. */
  async run(play: () => Promise<void>): Promise<void> {
    const failure = await play().then(
      () => undefined,
      (error: unknown) => error,
    );
    const interrupted = this.#stop.signal.aborted;
    this.#close();
    if (failure !== undefined && !interrupted) this.write(toFailureLine(failure));
    const success = failure === undefined && !interrupted;
    this.#remember();
    const { memory } = this.surroundings;
    this.write({
      type: 'end',
      prompts: this.#prompts.map(({ id }) => id),
      success,
      stop: interrupted ? 'interrupted' : success ? 'end_turn' : 'error',
      model: this.#model.id,
      tools: this.#calls.length,
      duration: this.#sinceStart(),
      first_word: this.#firstWord,
      session: memory.session,
      turns: memory.remembered.turns,
    });
  }

  /** Ends the turn at the next thing it does. Safe to call twice. */
  interrupt(): void {
    this.#stop.abort();
    for (const id of this.#asks.withdraw()) this.write({ type: 'withdrawn', id });
  }

  /** A prompt that came while this turn runs: the script takes it, or it begins the next turn. */
  steer(prompt: Prompt): void {
    this.#steering.push(prompt);
  }

  answer(answer: DemoAnswer): void {
    this.#asks.answer(answer);
  }

  /** The steered prompts that no script took; asked for once the turn is over. */
  takeLeftover(): Prompt[] {
    return this.#steering.takeAll();
  }

  write(line: DemoLine): void {
    this.surroundings.output.write(line);
  }

  /** Rejects if the turn is interrupted meanwhile. */
  pause(ms: number): Promise<void> {
    return this.surroundings.pace(ms, this.#stop.signal);
  }

  /** What came with its prompts beside their words. */
  get parts(): readonly DemoPart[] {
    return this.#prompts.flatMap(({ parts = [] }) => parts);
  }

  /** Waits for ever; rejects when the turn is interrupted. */
  async untilInterrupted(): Promise<never> {
    const { signal } = this.#stop;
    if (!signal.aborted) await once(signal, 'abort');
    throw signal.reason;
  }

  /** Lets requests of the gateway in, also where nothing waits. Rejects if one of them was an interrupt. */
  async breathe(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#stop.signal.throwIfAborted();
  }

  openText({ parent, wordMs = this.#model.wordMs }: { parent?: string; wordMs?: number } = {}): TextBlock {
    const block = new TextBlock({
      id: this.surroundings.newId('text'),
      parent,
      output: this.surroundings.output,
      wordTime: () => this.pause(wordMs),
      onWords: (count) => this.#count(count),
    });
    this.#blocks.push(block);
    return block;
  }

  /** Streams a whole block of text and returns its id. */
  async say(text: string, options: { parent?: string; wordMs?: number } = {}): Promise<string> {
    const block = this.openText(options);
    await block.say(text);
    block.end();
    return block.id;
  }

  /** Streams a block of reasoning, sentence by sentence. */
  async think(sentences: readonly string[], parent?: string): Promise<void> {
    const id = this.surroundings.newId('thought');
    for (const text of sentences) {
      await this.pause(this.#model.wordMs * 12);
      this.write({ type: 'thought', id, text, parent });
      this.#count(text.split(' ').length);
    }
  }

  callTool(start: ToolCallStart): ToolCall {
    const { newId, output } = this.surroundings;
    const call = new ToolCall({ id: newId('tool'), start, output });
    this.#calls.push(call);
    return call;
  }

  askPermission(ask: Omit<DemoLineOf<'ask_permission'>, 'type' | 'id'>) {
    return this.#asks.wait(
      this.#ask((id) => ({ type: 'ask_permission', id, ...ask })),
      'permission',
    );
  }

  askQuestion(questions: DemoLineOf<'ask_question'>['questions']) {
    return this.#asks.wait(
      this.#ask((id) => ({ type: 'ask_question', id, questions })),
      'answers',
    );
  }

  askForm(form: Omit<DemoLineOf<'ask_form'>, 'type' | 'id'>) {
    return this.#asks.wait(
      this.#ask((id) => ({ type: 'ask_form', id, ...form })),
      'form',
    );
  }

  /** The steered prompts so far; they belong to this turn now. */
  takeSteered(): Prompt[] {
    const taken = this.#steering.takeAll();
    for (const prompt of taken) this.#take(prompt);
    return taken;
  }

  /** Waits for a steered prompt, for as long as it takes. Rejects if the turn is interrupted. */
  async nextSteered(): Promise<Prompt> {
    const prompt = await this.#steering.next(this.#stop.signal);
    this.#take(prompt);
    return prompt;
  }

  #ask(toLine: (id: string) => DemoLine): string {
    this.#stop.signal.throwIfAborted();
    const id = this.surroundings.newId('ask');
    this.write(toLine(id));
    return id;
  }

  #take(prompt: Prompt): void {
    this.#prompts.push(prompt);
    this.write({ type: 'taken', prompt: prompt.id });
  }

  #count(words: number): void {
    this.#firstWord ??= this.#sinceStart();
    this.#words += words;
  }

  #sinceStart(): number {
    return Math.round(this.surroundings.elapsed() - this.#started);
  }

  #close(): void {
    for (const id of this.#asks.withdraw()) this.write({ type: 'withdrawn', id });
    for (const block of this.#blocks) block.end();
    for (const call of this.#calls) {
      call.end({ output: null, error: 'The turn ended before the tool did.', stopped: true });
    }
  }

  #remember(): void {
    const { memory } = this.surroundings;
    const { words } = memory.remembered;
    const heard = this.#prompts.reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0);
    memory.endTurn({ heard: words.heard + heard, said: words.said + this.#words });
  }
}

function toFailureLine(failure: unknown): DemoLine {
  if (!(failure instanceof TurnFailure)) {
    return { type: 'failure', code: 'INTERNAL_ERROR', message: `The demo agent failed: ${failure}` };
  }
  return { type: 'failure', code: failure.code, message: failure.message, details: failure.details };
}
