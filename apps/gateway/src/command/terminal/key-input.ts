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

type Choice = { keys: readonly string[]; resolve(key: string): void };
type KeyInputOptions = { input: NodeJS.ReadStream; clock: Clock; onTyping(): void };

/**
 * The keys of a terminal, between it and the editor of lines: what is pasted does not send itself, and a key that answers
 * a question is not written, unless somebody is just writing.
 */
export class KeyInput {
  /** What the editor reads. */
  readonly typed = new PassThrough();
  readonly #options: KeyInputOptions;
  #choice: Choice | undefined;
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
  async choose(keys: readonly string[], signal: AbortSignal): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const onAbort = () => reject(signal.reason);
    signal.throwIfAborted();
    signal.addEventListener('abort', onAbort, { once: true });
    this.#choice = { keys, resolve };
    try {
      return await promise;
    } finally {
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
    const key = chunk.toLowerCase();
    if (this.#choice?.keys.includes(key) && !isWriting) {
      // The next question may come at once: that key is not of somebody who writes.
      this.#lastKeyAt = Number.NEGATIVE_INFINITY;
      this.#choice.resolve(key);
      return;
    }
    const text = this.#toTyped(chunk);
    // Ctrl+C and Ctrl+D are for now, whatever is asked.
    if (this.#choice && !text.includes(ctrlC) && !text.includes(ctrlD))
      this.#held += text.replaceAll('\r', '');
    else this.#forward(text);
  };

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
