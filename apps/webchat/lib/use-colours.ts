'use client';
import { useEffect, useState } from 'react';
import { codeLanguageOf } from './code-language-of.ts';

/** A piece of a line in one colour, in the light and in the dark. */
type ColouredPiece = { text: string; light: string | undefined; dark: string | undefined };
export type ColouredLines = readonly (readonly ColouredPiece[])[];

/** A longer text stays without colours: they would hold up the page. */
const mostCharacters = 200_000;

/**
 * The lines of a text in the colours of its language, once they are there; the code for it comes with its first use. Colours
 * change nothing of where words stand.
 */
export function useColours(path: string, text: string | null | undefined): ColouredLines | undefined {
  const [coloured, setColoured] = useState<{ text: string; lines: ColouredLines }>();
  useEffect(() => {
    const language = codeLanguageOf(path);
    if (language === undefined || !text || text.length > mostCharacters) return;
    let current = true;
    const colour = async () => {
      const { colourLines } = await import('./colour-lines.ts');
      const lines = await colourLines(text, language);
      if (current) setColoured({ text, lines });
    };
    // Code that could not be loaded leaves the text without colours.
    colour().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [path, text]);
  return coloured?.text === text ? coloured?.lines : undefined;
}
