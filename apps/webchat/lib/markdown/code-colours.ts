import type { GrammarState, HighlighterCore, ThemedToken } from 'shiki/core';
import type { HighlightResult } from 'streamdown';
import { codeLanguages } from './code-languages.ts';

/** How code is coloured on a light and on a dark page; Shiki's names of them. */
const codeThemes = {
  light: 'github-light-high-contrast',
  dark: 'github-dark-high-contrast',
} as const;

/** Code of one of our languages that follows on other code, which ends with a line and was coloured before. */
export type CodeRequest = { language: string; before: string; code: string };

/** The lines of `code`, without those before it. Rejects if the language cannot be loaded. */
export type ColourCode = (request: CodeRequest) => Promise<HighlightResult>;

/** Of so many codes it is remembered how the language goes on behind their last line. */
const mostStates = 64;

/**
 * Colours code with Shiki; what an answer adds to a code is coloured without the code before it. Its JavaScript engine needs
 * neither WebAssembly nor eval, so it runs under our CSP.
 */
export function createCodeColours(): ColourCode {
  let core: Promise<HighlighterCore> | undefined;
  const states = new Map<string, GrammarState>();

  const loadCore = () => {
    core ??= createCore().catch((error: unknown) => {
      core = undefined;
      throw error;
    });
    return core;
  };
  const stateAfter = (highlighter: HighlighterCore, { language, before }: CodeRequest) => {
    if (before === '') return undefined;
    const known = states.get(keyOf(language, before));
    return known ?? tokensOf(highlighter, { language, code: before }).grammarState;
  };
  const note = (language: string, code: string, state: GrammarState | undefined) => {
    if (!state) return;
    states.set(keyOf(language, code), state);
    for (const oldest of states.keys()) {
      if (states.size <= mostStates) break;
      states.delete(oldest);
    }
  };

  return async (request) => {
    const { language, before, code } = request;
    const highlighter = await withLanguage(await loadCore(), language);
    const cut = code.lastIndexOf('\n') + 1;
    const whole = code.slice(0, cut);
    const state = stateAfter(highlighter, request);
    const lines = tokensOf(highlighter, { language, code: whole, state });
    if (cut > 0) note(language, before + whole, lines.grammarState);
    const last = tokensOf(highlighter, { language, code: code.slice(cut), state: lines.grammarState });
    const { fg, bg, rootStyle } = last;
    // A text that ends with a line has an empty one behind it.
    const tokens = [...lines.tokens.slice(0, -1), ...last.tokens];
    return { fg, bg, rootStyle, tokens: tokens.map((line) => line.map(withoutPlace)) };
  };
}

const keyOf = (language: string, code: string) => `${language}\n${code}`;

type Piece = { language: string; code: string; state?: GrammarState | undefined };

function tokensOf(highlighter: HighlighterCore, { language, code, state }: Piece) {
  return highlighter.codeToTokens(code, {
    ...{ lang: language, themes: codeThemes },
    // A line cut short by the clock on a busy machine would be coloured wrongly for good.
    tokenizeTimeLimit: 0,
    ...(state ? { grammarState: state } : {}),
  });
}

/** Where a token stands in its piece says nothing of the whole. */
function withoutPlace({ offset: _, ...token }: ThemedToken): HighlightResult['tokens'][number][number] {
  return token;
}

async function createCore(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }, light, dark] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
    import('shiki/themes/github-light-high-contrast.mjs'),
    import('shiki/themes/github-dark-high-contrast.mjs'),
  ]);
  return createHighlighterCore({
    themes: [light.default, dark.default],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
}

async function withLanguage(highlighter: HighlighterCore, language: string): Promise<HighlighterCore> {
  if (highlighter.getLoadedLanguages().includes(language)) return highlighter;
  const module = await codeLanguages[language]?.();
  if (module) await highlighter.loadLanguage(module.default);
  return highlighter;
}
