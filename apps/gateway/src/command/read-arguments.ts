import { parseArgs } from 'node:util';
import { closestTo } from '../ground/edit-distance.ts';
import type { CommandDescription, OptionValues } from './command.ts';
import { UsageError } from './usage-error.ts';

type ActionOf<D extends CommandDescription> = keyof D['actions'] & string;

/** A call of a command, as its description understands it. */
export type Arguments<D extends CommandDescription> = {
  /** Undefined where something else may stand in the place of an action. */
  action: ActionOf<D> | undefined;
  /** What came after it. */
  words: string[];
  values: OptionValues<D>;
};

/** Reads the arguments of a command by its description. Throws UsageError naming what it does not know. */
export function readArguments<D extends CommandDescription>(
  description: D,
  args: readonly string[],
): Arguments<D> {
  const { values, words } = parse(description, args);
  const { actions, name } = description;
  if (!actions) {
    requireWords(description, { given: words, wanted: description.words ?? '' });
    return { action: undefined, words, values };
  }
  const [action = '', ...rest] = words;
  const found = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!found) {
    if (action === '' && description.words !== undefined) return { action: undefined, words, values };
    if (action === '') throw new UsageError(callOf(description));
    const close = closestTo(action, Object.keys(actions));
    const meant = close === undefined ? '' : `did you mean ${close}? `;
    throw new UsageError(`there is no hotplex ${name} ${action}: ${meant}${callOf(description)}`);
  }
  requireWords(description, { given: rest, wanted: found.words ?? '' });
  // A key of them, as was just looked at.
  return { action: action as ActionOf<D>, words: rest, values };
}

/** How many words a pattern such as `NAME [ID]` takes, at least and at most. */
function requireWords(
  description: CommandDescription,
  { given, wanted }: { given: readonly string[]; wanted: string },
): void {
  const places = wanted.split(' ').filter((word) => word !== '');
  const least = places.filter((word) => !word.startsWith('[')).length;
  if (given.length < least || given.length > places.length || given.includes(''))
    throw new UsageError(callOf(description));
}

/** How it is called, in one sentence. */
export function callOf({ name, actions, words }: CommandDescription): string {
  const calls = Object.entries(actions ?? {}).map(([action, { words: more = '' }]) =>
    `${action} ${more}`.trim(),
  );
  if (words !== undefined) calls.push(words);
  const last = calls.length > 1 ? calls.pop() : undefined;
  const all = last === undefined ? calls.join() : `${calls.join(', ')} or ${last}`;
  return `it is: hotplex ${name} ${all}`.trimEnd().concat(`: see hotplex ${name} --help`);
}

function parse<D extends CommandDescription>(
  description: D,
  args: readonly string[],
): { words: string[]; values: OptionValues<D> } {
  const { name, options } = description;
  const known = Object.entries(options);
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      known.map(([option, { value, short }]) => [
        option,
        { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
      ]),
    ),
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  const help = `see hotplex ${name} --help`;
  const values: Record<string, string | true> = {};
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) {
      const close = closestTo(token.name, Object.keys(options));
      const meant = close === undefined ? '' : `; did you mean --${close}?`;
      throw new UsageError(`hotplex ${name} has no option ${token.rawName}${meant}: ${help}`);
    }
    if (option.value === undefined) {
      if (token.value !== undefined) throw new UsageError(`${token.rawName} takes no value: ${help}`);
      values[token.name] = true;
      continue;
    }
    // `--role --expires 1d`: the next option is not the value of this one.
    const isMissing =
      token.value === undefined || (!token.inlineValue && /^-./.test(token.value) && !isNumber(token.value));
    if (isMissing) throw new UsageError(`${token.rawName} needs a value, ${option.value}: ${help}`);
    if (option.choices && !option.choices.includes(token.value))
      throw new UsageError(`${token.rawName} ${token.value}: it is ${anyOf(option.choices)}`);
    values[token.name] = token.value;
  }
  // Each value is of the kind that its option has, by the checks above.
  return { words, values: values as OptionValues<D> };
}

const isNumber = (text: string) => /^-\d/.test(text);

const anyOf = (choices: readonly string[]) =>
  choices.length < 2 ? choices.join() : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
