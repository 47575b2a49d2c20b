import { PassThrough } from 'node:stream';
import type { Clock } from '../../ground/clock.ts';

/** Stands for a new line within what is being written, which is one line for the editor. */
export const lineBreak = '␤';

/** Keys that come so soon after each other, ms, were typed by somebody who writes, and not as an answer. */
const writingMs = 700;

const pasteBegin = '\x1b[200~';
const pasteEnd = '\x1b[201~';
const altEnter = ['\x1b\r', '\x1b\n'];
const ctrlC = '\x03';
const ctrlD = '\x04';

/** How long after a question came up, ms, no key is an answer: it was meant for what was there before. */
const surpriseMs = 700;

type Choice = {
  keys: readonly string[];
  signal: AbortSignal;
  /** From now on a key is an answer. */
  onOpen(): void;
  /** Something is written and not sent, so that a key is one only with Enter after it. */
  onNeedsEnter(): void;
};
type OpenChoice = Choice & {
  isOpen: boolean;
  /** Waits for Enter. */
  picked: string | undefined;
  needsEnter: boolean;
  resolve(key: string): void;
};
type KeyInputOptions = {
  input: NodeJS.ReadStream;
  clock: Clock;
  onTyping(): void;
  /** Whether the editor holds something that is written and not sent. */
  hasDraft(): boolean;
};

/**
 * The keys of a terminal, between it and the editor of lines: what is pasted does not send itself, and a key that answers
 * a question is not written, unless somebody is just writing.
 */
export class KeyInput {
  /** What the editor reads. */
  readonly typed = new PassThrough();
  readonly #options: KeyInputOptions;
  #choice: OpenChoice | undefined;
  #isPasting = false;
  #lastKeyAt = Number.NEGATIVE_INFINITY;
  /** Written while a question was open; the editor gets it afterwards. */
  #held = '';

  constructor(options: KeyInputOptions) {
    this.#options = options;
    options.input.setRawMode(true);
    options.input.setEncoding('utf8');
    options.input.on('data', this.#take);
    options.input.on('end', () => this.typed.end());
  }

  /** Waits for one of the keys. Rejects with AbortError once `signal` is aborted. */
  async choose({ signal, ...given }: Choice): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const onAbort = () => reject(signal.reason);
    signal.throwIfAborted();
    signal.addEventListener('abort', onAbort, { once: true });
    const choice: OpenChoice = {
      ...{ ...given, signal, resolve },
      ...{ isOpen: false, picked: undefined, needsEnter: false },
    };
    this.#choice = choice;
    const surprise = this.#options.clock.after(surpriseMs, () => {
      choice.isOpen = true;
      choice.onOpen();
      this.#lookAtDraft(choice);
    });
    try {
      return await promise;
    } finally {
      surprise.cancel();
      signal.removeEventListener('abort', onAbort);
      this.#choice = undefined;
      const held = this.#held;
      this.#held = '';
      if (held !== '') this.#forward(held);
    }
  }

  close(): void {
    const { input } = this.#options;
    input.off('data', this.#take);
    input.setRawMode(false);
    input.pause();
    this.typed.end();
  }

  readonly #take = (chunk: string) => {
    const now = this.#options.clock.elapsed();
    const isWriting = now - this.#lastKeyAt < writingMs;
    // Whoever has sent what he wrote writes no more.
    this.#lastKeyAt = chunk.endsWith('\r') ? Number.NEGATIVE_INFINITY : now;
    if (this.#choice && this.#answers(this.#choice, { chunk, isWriting })) {
      // The next question may come at once: that key is not of somebody who writes.
      this.#lastKeyAt = Number.NEGATIVE_INFINITY;
      return;
    }
    const text = this.#toTyped(chunk);
    // Ctrl+C and Ctrl+D are for now, whatever is asked.
    const isForNow = text.includes(ctrlC) || text.includes(ctrlD);
    if (this.#choice && isForNow) this.#choice.picked = undefined;
    if (this.#choice && !isForNow) this.#hold(this.#choice, text);
    else this.#forward(text);
  };

  /** Whether these keys were for the question, and not for the editor. */
  #answers(choice: OpenChoice, { chunk, isWriting }: { chunk: string; isWriting: boolean }): boolean {
    if (choice.picked !== undefined && chunk === '\r') {
      choice.resolve(choice.picked);
      return true;
    }
    const key = chunk.toLowerCase();
    if (choice.picked !== undefined || isWriting || !choice.keys.includes(key)) return false;
    const isWritten = this.#isWritten();
    // Too soon: it counts for nothing, unless it goes on with what is written.
    if (!choice.isOpen) return !isWritten;
    if (isWritten) choice.picked = key;
    else choice.resolve(key);
    return true;
  }

  #hold(choice: OpenChoice, text: string): void {
    // A key that goes on with a word was none that answers.
    this.#held += (choice.picked ?? '') + text.replaceAll('\r', '');
    choice.picked = undefined;
    this.#lookAtDraft(choice);
  }

  #lookAtDraft(choice: OpenChoice): void {
    if (!choice.isOpen || choice.needsEnter || !this.#isWritten()) return;
    choice.needsEnter = true;
    choice.onNeedsEnter();
  }

  #isWritten(): boolean {
    return this.#held !== '' || this.#options.hasDraft();
  }

  #forward(text: string): void {
    this.#options.onTyping();
    this.typed.write(text);
  }

  /** Pasted line ends and Alt+Enter are breaks within what is written. */
  #toTyped(chunk: string): string {
    return chunk
      .split(/(\p{Cc}\[20[01]~)/u)
      .map((part) => {
        if (part === pasteBegin || part === pasteEnd) {
          this.#isPasting = part === pasteBegin;
          return '';
        }
        if (this.#isPasting)
          return part
            .replace(/\r\n?|\n/g, lineBreak)
            .replaceAll('\t', '  ')
            .replace(/\p{Cc}/gu, '');
        return altEnter.reduce((text, keys) => text.replaceAll(keys, lineBreak), part);
      })
      .join('');
  }
}
