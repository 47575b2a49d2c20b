import type { HighlighterCore } from 'shiki/core';
import type { CodeHighlighterPlugin, HighlightResult } from 'streamdown';
import { codeLanguage, codeLanguages } from './code-languages.ts';

const themes = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const;

/** Colours code blocks with Shiki. Its JavaScript engine needs neither WebAssembly nor eval, so it runs under our CSP. */
export function createCodePlugin(): CodeHighlighterPlugin {
  let core: Promise<HighlighterCore> | undefined;
  let ready: HighlighterCore | undefined;
  const loading = new Map<string, Promise<HighlighterCore>>();

  const load = (language: string): Promise<HighlighterCore> => {
    core ??= createCore();
    const known = loading.get(language);
    if (known) return known;
    const started = loadLanguage(core, language).then((highlighter) => {
      ready = highlighter;
      return highlighter;
    });
    loading.set(language, started);
    return started;
  };

  return {
    name: 'shiki',
    type: 'code-highlighter',
    getSupportedLanguages: () => Object.keys(codeLanguages),
    getThemes: () => [themes.light, themes.dark],
    supportsLanguage: (name) => codeLanguage(name) !== undefined,
    highlight: ({ code, language: name }, callback) => {
      const language = codeLanguage(name);
      if (!language) return null;
      const colour = (highlighter: HighlighterCore): HighlightResult =>
        // A line cut short by the clock on a busy machine would be coloured wrongly for good.
        highlighter.codeToTokens(code, { lang: language, themes, tokenizeTimeLimit: 0 });
      if (ready?.getLoadedLanguages().includes(language)) return colour(ready);
      // A chunk that could not be loaded leaves the code without colours.
      load(language).then(
        (highlighter) => callback?.(colour(highlighter)),
        () => loading.delete(language),
      );
      return null;
    },
  };
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

async function loadLanguage(core: Promise<HighlighterCore>, language: string): Promise<HighlighterCore> {
  const [highlighter, module] = await Promise.all([core, codeLanguages[language]?.()]);
  if (module) await highlighter.loadLanguage(module.default);
  return highlighter;
}
