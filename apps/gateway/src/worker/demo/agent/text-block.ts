import type { DemoLine } from '../messages.ts';
import type { Output } from './output.ts';

export type TextBlockOptions = {
  id: string;
  parent?: string;
  output: Output;
  /** Waits as long as one word takes. Rejects if the turn is interrupted. */
  wordTime: () => Promise<void>;
  onWords: (count: number) => void;
};

/** A word and the white space after it. */
const word = /\S+\s*|^\s+/g;

/** One block of streamed text. */
export class TextBlock {
  readonly id: string;
  readonly #options: TextBlockOptions;
  #open = true;

  constructor(options: TextBlockOptions) {
    this.id = options.id;
    this.#options = options;
    options.output.write({ type: 'text_start', id: this.id, parent: options.parent });
  }

  /** Streams the text word by word. */
  async say(text: string): Promise<void> {
    for (const piece of text.match(word) ?? []) {
      await this.#options.wordTime();
      this.#options.output.write(this.#line(piece));
      this.#options.onWords(1);
    }
  }

  /** Streams each piece as one delta, as fast as the reader takes them. */
  async pour(pieces: readonly string[]): Promise<void> {
    await this.#options.output.writeAll(pieces.map((piece) => this.#line(piece)));
    this.#options.onWords(pieces.length);
  }

  /** Safe to call twice. */
  end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#options.output.write({ type: 'text_end', id: this.id, parent: this.#options.parent });
  }

  #line(text: string): DemoLine {
    return { type: 'text', id: this.id, text, parent: this.#options.parent };
  }
}
