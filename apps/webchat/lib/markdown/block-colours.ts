import { startTransition } from 'react';
import type { HighlightResult } from 'streamdown';
import type { ColourCode } from './code-colours.ts';
import { codeLanguage } from './code-languages.ts';
import { ColouredCode, plainCode } from './coloured-code.ts';

/** Code of an answer, and what its fence calls its language. */
export type Block = { code: string; language: string };

export type BlockColours = {
  /** All lines of a block, with the colours that are known by now. */
  soFar: (block: Block) => HighlightResult;
  /** Has the rest coloured, and calls back once that is to be drawn. */
  colour: (block: Block & { isIncomplete: boolean }, onColoured: () => void) => void;
};

type Options = {
  colour: ColourCode;
  /** Calls back when code that is still being written has stood still for a while. */
  afterPause: (call: () => void) => void;
};

/**
 * Colours code blocks. What an answer adds to one is read at once, and has its colours when more is added, or after a pause: a
 * block is not drawn twice for every word.
 */
export function createBlockColours({ colour, afterPause }: Options): BlockColours {
  const coloured = new ColouredCode();
  return {
    soFar: ({ code, language: name }) => {
      const language = codeLanguage(name);
      if (!language) return plainCode(code);
      return coloured.find(language, code) ?? coloured.lacking(language, code).soFar;
    },
    colour: ({ code, language: name, isIncomplete }, onColoured) => {
      const language = codeLanguage(name);
      if (!language || coloured.find(language, code)) return;
      const { request, complete } = coloured.lacking(language, code);
      const show = () => startTransition(onColoured);
      colour(request).then(
        (rest) => {
          complete(rest);
          if (isIncomplete) afterPause(show);
          else show();
        },
        // A language that could not be loaded leaves the code without colours.
        () => undefined,
      );
    },
  };
}
