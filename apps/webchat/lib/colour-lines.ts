import type { HighlightResult } from 'streamdown';
import { sharedColours } from './markdown/shared-colours.ts';
import type { ColouredLines } from './use-colours.ts';

/** The lines of a text in the colours of a language of ours. Rejects if the language cannot be loaded. */
export async function colourLines(text: string, language: string): Promise<ColouredLines> {
  const { tokens } = await sharedColours({ language, before: '', code: text });
  return tokens.map((line) => line.map(toPiece));
}

type Token = HighlightResult['tokens'][number][number];

/** NOTE: of two themes, Shiki puts the second into a custom property. */
function toPiece({ content, color, htmlStyle }: Token): ColouredLines[number][number] {
  return { text: content, light: htmlStyle?.color ?? color, dark: htmlStyle?.['--shiki-dark'] };
}
