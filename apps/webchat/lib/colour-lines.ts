import type { HighlightResult } from 'streamdown';
import { sharedCodePlugin } from './markdown/shared-code-plugin.ts';
import type { ColouredLines } from './use-colours.ts';

/** The lines of a text in the colours of a language of ours. Never settles if the language cannot be loaded. */
export function colourLines(text: string, language: string): Promise<ColouredLines> {
  return new Promise((resolve) => {
    const take = ({ tokens }: HighlightResult) => resolve(tokens.map((line) => line.map(toPiece)));
    const [light, dark] = sharedCodePlugin.getThemes();
    const known = sharedCodePlugin.highlight(
      { code: text, language: language as never, themes: [light, dark] },
      take,
    );
    if (known) take(known);
  });
}

type Token = HighlightResult['tokens'][number][number];

/** NOTE: of two themes, Shiki puts the second into a custom property. */
function toPiece({ content, color, htmlStyle }: Token): ColouredLines[number][number] {
  return { text: content, light: htmlStyle?.color ?? color, dark: htmlStyle?.['--shiki-dark'] };
}
