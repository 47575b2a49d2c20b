/** One option as it was given; the value of `--name=value`, `-nvalue` or the next word. */
export type Option = { name: string; value?: string };

/** The words of a command, sorted the way getopt sorts them. */
export type Options = {
  options: readonly Option[];
  operands: readonly string[];
  /** Whether one of these was given; a long one also in a shortened spelling. */
  has(...names: string[]): boolean;
  valuesOf(...names: string[]): readonly string[];
};

type Grammar = {
  /** Options that take a value from the next word, like `-o` and `--output`. */
  valued?: ReadonlySet<string>;
  /** The first operand ends the options: what follows belongs to another command. */
  stopsAtOperand?: boolean;
  /** Long options are given in full. */
  exact?: boolean;
  /** `-name` is one long option, as in find or terraform. */
  longDash?: boolean;
};

/** Sorts words into options and operands. */
export function parseOptions(
  words: readonly string[],
  { valued = new Set(), stopsAtOperand, longDash, exact }: Grammar = {},
): Options {
  const options: Option[] = [];
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(...(stopsAtOperand ? words.slice(at) : [word]));
      if (stopsAtOperand) break;
      continue;
    }
    if (word.startsWith('--') || longDash) {
      const equals = word.indexOf('=');
      if (equals > 0) options.push({ name: word.slice(0, equals), value: word.slice(equals + 1) });
      else
        options.push(
          (exact ? valued.has(word) : isValued(word, valued))
            ? { name: word, value: words[++at] ?? '' }
            : { name: word },
        );
      continue;
    }
    if (word.length > 2 && valued.has(word.replace(/=.*$/s, ''))) {
      const equals = word.indexOf('=');
      options.push(
        equals > 0
          ? { name: word.slice(0, equals), value: word.slice(equals + 1) }
          : { name: word, value: words[++at] ?? '' },
      );
      continue;
    }
    for (let letter = 1; letter < word.length; letter++) {
      const name = `-${word[letter]}`;
      const rest = word.slice(letter + 1);
      if (valued.has(name)) {
        options.push({ name, value: rest === '' ? (words[++at] ?? '') : rest });
        break;
      }
      // What is glued to a letter nobody knows may be its value (C6).
      options.push(letter === 1 && /[/~.=@\uE000-\uE004]/.test(rest) ? { name, value: rest } : { name });
      if (letter === 1 && /^[/~.=@]/.test(rest)) break;
    }
  }
  const given = (option: Option, names: readonly string[]) =>
    names.some((name) => isSpelledAs(option.name, name));
  return {
    options,
    operands,
    has: (...names) => options.some((option) => given(option, names)),
    valuesOf: (...names) =>
      options.flatMap((option) => (option.value !== undefined && given(option, names) ? [option.value] : [])),
  };
}

const isValued = (word: string, valued: ReadonlySet<string>): boolean =>
  valued.has(word) || (word.length > 4 && [...valued].some((name) => isSpelledAs(word, name)));

/** GNU takes any shortening of a long option that means only one. */
const isSpelledAs = (given: string, name: string): boolean =>
  given === name ||
  (given.length > 3 && given.startsWith('--') && name.startsWith('--') && name.startsWith(given));
