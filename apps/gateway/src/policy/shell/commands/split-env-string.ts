/** Characters that `env -S` writes by a letter. */
const letters: Readonly<Record<string, string>> = { f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * The words of `env -S`: quotes, escapes, comments and `${NAME}`, and nothing else of a shell (GNU coreutils manual, "env
 * invocation"). `lookUp`: what a variable holds.
 */
export function splitEnvString(text: string, lookUp: (name: string) => string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  const add = (more: string) => {
    word = (word ?? '') + more;
  };
  const end = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (const [token, escaped, name] of text.matchAll(/\\([\s\S]?)|\$\{(\w+)\}|[\s\S]/g)) {
    if (escaped !== undefined) {
      if (quote === "'") add(/[\\']/.test(escaped) ? escaped : token);
      else if (escaped === 'c') break;
      else if (escaped === '_' && quote === '') end();
      else add(escaped === '_' ? ' ' : (letters[escaped] ?? escaped));
    } else if (name !== undefined && quote !== "'") add(lookUp(name));
    else if (token === quote) quote = '';
    else if (quote === '' && (token === '"' || token === "'")) {
      quote = token;
      add('');
    } else if (quote === '' && /\s/.test(token)) end();
    else if (quote === '' && token === '#' && word === undefined) break;
    else add(token);
  }
  end();
  return words;
}
