import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline';
import type { Clock } from '../../ground/clock.ts';
import type { Dialogue } from './dialogue.ts';
import { KeyInput, lineBreak } from './key-input.ts';

const bracketedPaste = { on: '\x1b[?2004h', off: '\x1b[?2004l' };
const prompts = { first: '› ', more: '… ' };

type ScreenOptions = {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  clock: Clock;
  /** What was written before, the newest first; changed in place. */
  history: string[];
  onLine(text: string): void;
  /** Ctrl+C, with nothing written. */
  onInterrupt(): void;
  /** Ctrl+D, or the end of what there is to read. */
  onEnd(): void;
};

/**
 * A terminal in which somebody writes below while something streams above. The line that is being written is shown only
 * while nothing streams or somebody types; what streams meanwhile comes line by line, above it. In a terminal that can
 * move no cursor, and where there is none, everything comes one below the other.
 */
export class Screen implements Dialogue {
  readonly #options: ScreenOptions;
  readonly #keys: KeyInput | undefined;
  readonly #lines: Interface;
  /** Lines of a text that go on with a `\` at their end. */
  #begun: string[] = [];
  #answer: ((line: string) => void) | undefined;
  #isIdle = false;
  #isShown = false;
  #isMidLine = false;
  #held = '';
  #isClosed = false;

  constructor(options: ScreenOptions) {
    this.#options = options;
    const { input, output, history } = options;
    const isPlain = input.isTTY !== true || output.isTTY !== true || process.env.TERM === 'dumb';
    this.#keys = isPlain
      ? undefined
      : new KeyInput({ ...options, onTyping: () => this.#show(), hasDraft: () => this.draft !== '' });
    this.#lines = createInterface({
      ...{ input: this.#keys?.typed ?? input, output, terminal: !isPlain, prompt: prompts.first },
      ...{ history: [...history], historySize: 500, removeHistoryDuplicates: true },
    });
    if (!isPlain) output.write(bracketedPaste.on);
    this.#lines.on('line', (line) => this.#submitted(line));
    this.#lines.on('history', (entries) => {
      // What answers a question is nothing to say again.
      if (this.#answer) entries.shift();
      history.splice(0, history.length, ...entries);
    });
    this.#lines.on('SIGINT', () => this.#interrupted());
    this.#lines.on('SIGTSTP', () => {});
    this.#lines.on('close', () => options.onEnd());
  }

  /** What is written and not sent. */
  get draft(): string {
    return [...this.#begun, this.#lines.line].join('\n').replaceAll(lineBreak, '\n');
  }

  /** Streams on; the text may end anywhere. */
  write(text: string): void {
    if (text === '') return;
    if (!this.#isShown) {
      this.#options.output.write(text);
      this.#isMidLine = !text.endsWith('\n');
      return;
    }
    this.#held += text;
    const end = this.#held.lastIndexOf('\n') + 1;
    if (end === 0) return;
    this.#erase();
    this.#options.output.write(this.#held.slice(0, end));
    this.#held = this.#held.slice(end);
    this.#lines.prompt(true);
  }

  say(lines: string): void {
    this.#endLine();
    this.write(`${lines}\n`);
  }

  /** Whether nothing streams, so that the line to write on is shown. */
  set idle(isIdle: boolean) {
    this.#isIdle = isIdle;
    if (isIdle) this.#endLine();
    if (this.#answer) return;
    if (isIdle) this.#show();
    else if (this.draft === '') this.#hide();
  }

  async choose(question: string, keys: readonly string[], signal: AbortSignal): Promise<string> {
    if (!this.#keys) {
      for (;;) {
        const key = (await this.ask(question, signal)).toLowerCase();
        if (keys.includes(key)) return key;
      }
    }
    this.#hide();
    this.#endLine();
    const { output } = this.#options;
    try {
      const key = await this.#keys.choose({
        ...{ keys, signal },
        onOpen: () => output.write(question),
        onNeedsEnter: () => output.write('(then Enter: something is written) '),
      });
      output.write(`${key}\n`);
      return key;
    } catch (error) {
      output.write('\n');
      throw error;
    } finally {
      if (this.#isIdle || this.#lines.line !== '') this.#show();
    }
  }

  async ask(question: string, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const draft = this.#lines.line;
    this.#hide();
    this.#endLine();
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#answer = resolve;
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#rewrite('');
    this.#lines.setPrompt(question);
    this.#show();
    try {
      return (await promise).trim();
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#answer = undefined;
      this.#hide();
      this.#lines.setPrompt(prompts.first);
      this.#rewrite(draft);
      if (this.#isIdle || draft !== '') this.#show();
    }
  }

  /** Gives the terminal back as it was. */
  close(): void {
    this.#hide();
    this.#endLine();
    this.#isClosed = true;
    if (this.#keys) this.#options.output.write(bracketedPaste.off);
    this.#lines.close();
    this.#keys?.close();
  }

  #submitted(line: string): void {
    this.#isShown = false;
    if (this.#answer) {
      this.#answer(line);
      return;
    }
    if (line.endsWith('\\')) {
      this.#begun.push(line.slice(0, -1));
      this.#lines.setPrompt(prompts.more);
      this.#show();
      return;
    }
    const text = [...this.#begun, line].join('\n').replaceAll(lineBreak, '\n').trim();
    this.#begun = [];
    this.#lines.setPrompt(prompts.first);
    this.#flush();
    if (text !== '') this.#options.onLine(text);
    else if (this.#isIdle) this.#show();
  }

  #interrupted(): void {
    if (this.draft === '') {
      this.#options.onInterrupt();
      return;
    }
    // Not lost: ↑ brings it back.
    this.#options.history.unshift(this.draft.replaceAll('\n', lineBreak));
    (this.#lines as Interface & { history: string[] }).history.unshift(this.#options.history[0] ?? '');
    this.#begun = [];
    this.#lines.setPrompt(prompts.first);
    this.#hide();
    this.#rewrite('');
    this.#flush();
    if (this.#isIdle) this.#show();
  }

  #show(): void {
    if (this.#isShown || this.#isClosed) return;
    this.#endLine();
    this.#isShown = true;
    this.#lines.prompt(true);
  }

  #hide(): void {
    if (!this.#isShown) return;
    this.#erase();
    this.#isShown = false;
    this.#flush();
  }

  /** Takes the line that is being written off the screen, not out of the editor. */
  #erase(): void {
    if (!this.#keys) return;
    const { output } = this.#options;
    moveCursor(output, 0, -this.#lines.getCursorPos().rows);
    cursorTo(output, 0);
    clearScreenDown(output);
  }

  /** Puts another line into the editor. */
  #rewrite(line: string): void {
    if (!this.#keys) return;
    this.#lines.write(null, { ctrl: true, name: 'e' });
    this.#lines.write(null, { ctrl: true, name: 'u' });
    if (line !== '') this.#lines.write(line);
    // The editor drew it, but nobody has asked to see it.
    if (!this.#isShown) this.#erase();
  }

  #flush(): void {
    const held = this.#held;
    this.#held = '';
    this.write(held);
  }

  #endLine(): void {
    if (this.#isShown) {
      if (this.#held !== '') this.write('\n');
      return;
    }
    if (this.#isMidLine) this.#options.output.write('\n');
    this.#isMidLine = false;
  }
}
