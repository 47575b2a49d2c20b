import { isPureWildcard, wild } from '../../place/wildcard.ts';
import { wordList } from '../../place/word-list.ts';
import { type Call, type Command, type Data, noData, oneOf } from '../shell.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { endOfCommand, isNarrowed, oneValue } from './find-expression.ts';
import { parseOptions } from './parse-options.ts';

type Search = { starts: readonly string[]; narrowed: boolean; name: string };

/** find: what it deletes, runs and writes, on everything that it may find. */
export const find: Command = (call) => {
  const { args, shell } = call;
  const first = args.findIndex((arg) => /^[-(!]/.test(arg) && !/^-(?:[HLP]+|D|O\d?)$/.test(arg));
  const before = (first < 0 ? args : args.slice(0, first)).filter((arg) => !/^-[HLPDO]/.test(arg));
  const expression = first < 0 ? [] : args.slice(first);
  const names = expression.flatMap((word, at) =>
    /^-i?(?:name|path|wholename)$/.test(word) ? [expression[at + 1] ?? ''] : [],
  );
  const name =
    (names.at(-1) ?? '')
      .split('/')
      .at(-1)
      ?.replaceAll('*', wild.run)
      .replaceAll('?', wild.one)
      .replace(/\[[^\]]*\]/g, wild.one) ?? '';
  const starts = before.length > 0 ? before : ['.'];
  let output: Data = foundPaths({ starts, name: isNarrowed(expression) ? name : '' });
  for (let at = 0; at < expression.length; at++) {
    const word = expression[at] ?? '';
    const value = expression[at + 1] ?? '';
    const search: Search = { starts, narrowed: isNarrowed(expression.slice(0, at)), name };
    if (word === '-delete') for (const start of search.starts) touchFound('delete', start, search, call);
    else if (/^-(?:exec|ok)(?:dir)?$/.test(word)) {
      const end = endOfCommand(expression, at);
      output = runFound(expression.slice(at + 1, end), search, call);
      at = end;
    } else if (/^-(?:fprint|fprintf|fls|fprint0)$/.test(word)) touchPath('write', value, shell);
    else if (word === '-files0-from') touchPath('read', value, shell);
    if (oneValue.test(word)) at++;
  }
  return output;
};

/** What find may print: the start with a name that fits. */
function foundPaths({ starts, name }: Omit<Search, 'narrowed'>): readonly string[] {
  return starts.flatMap((start) => {
    const directory = start.replace(/\/$/, '');
    if (name === '' || isPureWildcard(name)) return [`${directory}/${wild.run}`];
    return [`${directory}/${name}`, `${directory}/${wild.name}/${name}`];
  });
}

function touchFound(
  touch: 'delete' | 'bulk',
  start: string,
  { narrowed, name }: Search,
  { shell }: Call,
): void {
  const roots = placesOf(start, shell).some((place) => place.protectedRoot || place.holdsConfiguration);
  if (roots || !narrowed) touchPath(touch, start, shell);
  else touchPath(touch, `${start}/${wild.name}/${name}`, shell);
}

function runFound(words: readonly string[], search: Search, call: Call): Data {
  const { shell, streams } = call;
  const roots = search.starts.filter((start) =>
    placesOf(start, shell).some((place) => place.protectedRoot || place.holdsSecrets || place.secret),
  );
  const found = [
    ...roots,
    ...(search.narrowed ? foundPaths(search) : search.starts.filter((start) => !roots.includes(start))),
  ];
  const outputs = found.map((path) => {
    const filled = words.map((word) => word.replaceAll('{}', path));
    return shell.engine.runWords(filled, shell, { ...streams, stdin: noData });
  });
  const [program = ''] = words;
  if (
    roots.length > 0 &&
    !/^(?:ls|stat|echo|printf|basename|dirname|du|test|readlink|realpath)$/.test(program)
  )
    for (const root of roots) touchPath('tree', root, shell);
  return oneOf(outputs.flat());
}

/** fd: its pattern and directories, and what it runs for what it finds. */
const fd: Command = (call) => {
  const at = call.args.findIndex((arg) => /^(?:-x|-X|--exec|--exec-batch)$/.test(arg));
  const { operands } = parseOptions(at < 0 ? call.args : call.args.slice(0, at), {
    valued: new Set(
      wordList(
        '-e --extension -t --type -E --exclude -d --max-depth --min-depth -S --size -c --color -j --threads --changed-within --changed-before --base-directory --search-path -o --owner',
      ),
    ),
  });
  const [pattern = '', ...directories] = operands;
  const starts = directories.length > 0 ? directories : ['.'];
  const search: Search = { starts, narrowed: pattern !== '' && pattern !== '.', name: '' };
  if (at < 0) return foundPaths(search);
  const words = call.args.slice(at + 1).filter((arg) => arg !== ';');
  return runFound(words.some((word) => word.includes('{')) ? words : [...words, '{}'], search, call);
};

/** Commands that look for files, and may do something with what they find. */
export const searchCommands: readonly (readonly [string, Command])[] = [
  ['find', find],
  ['gfind', find],
  ['fd', fd],
  ['fdfind', fd],
];
