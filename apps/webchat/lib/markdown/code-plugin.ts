import { startTransition } from 'react';
import type { CodeHighlighterPlugin, HighlightResult } from 'streamdown';
import { type ColourCode, codeThemes } from './code-colours.ts';
import { codeLanguage, codeLanguages } from './code-languages.ts';
import { ColouredCode } from './coloured-code.ts';

type Options = {
  colour: ColourCode;
  /** Calls back when code that is still being written has stood still for a while. */
  afterPause: (call: () => void) => void;
};

/**
 * Colours code blocks. What an answer adds to one is read at once, and has its colours when more is added, or after a pause: a
 * block is not drawn twice for every word.
 */
export function createCodePlugin({ colour, afterPause }: Options): CodeHighlighterPlugin {
  const coloured = new ColouredCode();
  return {
    name: 'shiki',
    type: 'code-highlighter',
    getSupportedLanguages: () => Object.keys(codeLanguages),
    getThemes: () => [codeThemes.light, codeThemes.dark],
    supportsLanguage: (name) => codeLanguage(name) !== undefined,
    highlight: ({ code, language: name, isIncomplete }, callback) => {
      const language = codeLanguage(name);
      if (!language) return null;
      const known = coloured.find(language, code);
      if (known) return known;
      const { request, soFar, complete } = coloured.lacking(language, code);
      const show = (result: HighlightResult) => startTransition(() => callback?.(result));
      colour(request).then(
        (rest) => {
          const result = complete(rest);
          if (isIncomplete) afterPause(() => show(result));
          else show(result);
        },
        // A language that could not be loaded leaves the code without colours.
        () => undefined,
      );
      return soFar;
    },
  };
}
