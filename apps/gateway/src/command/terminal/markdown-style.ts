/** How a piece of text is to look. */
export type Look = 'plain' | 'bold' | 'code' | 'heading' | 'faint';

/** Markdown where there are no colours to show it by: as it is written. */
export const plainMarkdown: Pick<MarkdownStyle, 'push' | 'end'> = { push: (text) => text, end: () => '' };

/** Colours Markdown as it streams in, piece by piece: what could still become something else waits for the next piece. */
export class MarkdownStyle {
  readonly #paint: (look: Look, text: string) => string;
  #left = '';
  #isLineStart = true;
  #isFenced = false;
  #look: Look = 'plain';

  constructor(paint: (look: Look, text: string) => string) {
    this.#paint = paint;
  }

  /** More of the text; what can be shown of it by now. */
  push(text: string): string {
    this.#left += text;
    let shown = '';
    while (this.#left !== '') {
      const piece = this.#take();
      if (piece === undefined) break;
      shown += piece;
    }
    return shown;
  }

  /** No more is coming: what waited, as it is. */
  end(): string {
    const rest = this.#left;
    this.#left = '';
    const isFenced = this.#isFenced && !/^ *```/.test(rest);
    const look = isFenced ? 'code' : this.#look;
    this.#isLineStart = true;
    this.#isFenced = false;
    this.#look = 'plain';
    return rest === '' ? '' : this.#paint(look, rest);
  }

  #take(): string | undefined {
    if (this.#isLineStart) {
      // A line that is all marks so far is not yet known for what it is.
      if (/^ {0,3}(`{1,2}|`{3}[^\n]*|#{1,6})?$/.test(this.#left)) return undefined;
      const fence = /^ {0,3}```[^\n]*\n/.exec(this.#left)?.[0];
      if (fence !== undefined) {
        this.#isFenced = !this.#isFenced;
        return this.#cut(fence.length, 'faint');
      }
      this.#isLineStart = false;
      if (!this.#isFenced && /^#{1,6} /.test(this.#left)) this.#look = 'heading';
    }
    if (this.#left.startsWith('\n')) {
      this.#isLineStart = true;
      this.#look = 'plain';
      this.#left = this.#left.slice(1);
      return '\n';
    }
    if (this.#isFenced) return this.#cut(lengthTo(/\n/, this.#left), 'code');
    if (this.#left === '*') return undefined;
    if (this.#left.startsWith('**') && this.#look !== 'code') return this.#toggle(2, 'bold');
    if (this.#left.startsWith('`')) return this.#toggle(1, 'code');
    if (this.#left.startsWith('*')) return this.#cut(1, this.#look);
    return this.#cut(lengthTo(/[*`\n]/, this.#left), this.#look);
  }

  #toggle(length: number, look: Look): string {
    this.#look = this.#look === look ? 'plain' : look;
    this.#left = this.#left.slice(length);
    return '';
  }

  #cut(length: number, look: Look): string {
    const piece = this.#left.slice(0, length);
    this.#left = this.#left.slice(length);
    // A fence ends its own line.
    if (piece.endsWith('\n')) return `${this.#paint(look, piece.slice(0, -1))}\n`;
    return this.#paint(look, piece);
  }
}

function lengthTo(stop: RegExp, text: string): number {
  const at = text.search(stop);
  return at < 0 ? text.length : at;
}
