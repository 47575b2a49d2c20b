import type { HighlightResult } from 'streamdown';
import type { CodeRequest } from './code-colours.ts';

type Coloured = { language: string; code: string; result: HighlightResult };

type Lacking = {
  request: CodeRequest;
  /** The whole code, in the colours that are known. */
  soFar: HighlightResult;
  /** Takes the colours of what was lacking; those of the whole code are known from now on. */
  complete: (rest: HighlightResult) => void;
};

/** So many codes are kept, and none that is longer, in characters. */
const most = 16;
const longest = 50_000;

const nothing: Omit<Coloured, 'language'> = { code: '', result: { tokens: [[]] } };

/** Code without colours. */
export const plainCode = (code: string): HighlightResult => ({
  tokens: withPlain(nothing.result.tokens, code),
});

/** Code that has its colours, so that of one that grows only what it grew by is coloured. */
export class ColouredCode {
  /** The oldest first. */
  #known: readonly Coloured[] = [];

  /** The colours of just this code. */
  find(language: string, code: string): HighlightResult | undefined {
    const known = this.#nearest(language, code);
    return known?.code === code ? known.result : undefined;
  }

  /** What of a code is to be coloured: all behind the last line that is known. */
  lacking(language: string, code: string): Lacking {
    const known = this.#nearest(language, code);
    const { code: text, result } = known ?? nothing;
    const before = text.slice(0, text.lastIndexOf('\n') + 1);
    return {
      request: { language, before, code: code.slice(before.length) },
      soFar: { ...result, tokens: withPlain(result.tokens, code.slice(text.length)) },
      complete: (rest) => {
        const whole = { ...rest, tokens: [...result.tokens.slice(0, -1), ...rest.tokens] };
        this.#keep({ language, code, result: whole }, known);
      },
    };
  }

  #keep(coloured: Coloured, grownFrom: Coloured | undefined): void {
    if (coloured.code.length > longest) return;
    const others = this.#known.filter((known) => known !== grownFrom);
    this.#known = [...others, coloured].slice(-most);
  }

  /** The most of this code that is known. */
  #nearest(language: string, code: string): Coloured | undefined {
    const parts = this.#known.filter((known) => known.language === language && code.startsWith(known.code));
    return parts.toSorted((a, b) => b.code.length - a.code.length)[0];
  }
}

/** Lines that go on without colours. */
function withPlain(lines: HighlightResult['tokens'], rest: string): HighlightResult['tokens'] {
  const [first = '', ...more] = rest.split('\n');
  const open = [...(lines.at(-1) ?? []), { content: first }];
  return [...lines.slice(0, -1), open, ...more.map((line) => [{ content: line }])];
}
