import type { CSSProperties } from 'react';
import type { ColouredLines } from '../../lib/use-colours.ts';

type Props = {
  text: string;
  /** The lines of the whole text that this line is of; undefined until they are coloured. */
  lines: ColouredLines | undefined;
  /** From 1. */
  line: number;
};

/** A line of code, in its colours if it is known how. */
export function CodeText({ text, lines, line }: Props) {
  const pieces = lines?.[line - 1];
  // What is not this very line is not coloured as if it were.
  if (!pieces || pieces.map((piece) => piece.text).join('') !== text) return text;
  return pieces.map(({ text: words, light, dark }, index) => (
    <span key={index} className="code-piece" style={{ '--light': light, '--dark': dark } as CSSProperties}>
      {words}
    </span>
  ));
}
