import { isForeign, isOpen, isPureWildcard, wild } from '../../place/wildcard.ts';
import { type Call, type Command, type Data, noData, oneOf, unknownData } from '../shell.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { readFile } from '../walk/apply-redirects.ts';
import { interpret, judgeCode } from './interpret.ts';
import { isLanguage, shells } from './interpreters.ts';
import { ask } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { judgeRole, runShaped, shapeOf } from './run-shaped.ts';

/** Tests of find that leave a part of what is there. */
const narrowing =
  /^-(?:i?name|i?path|i?wholename|i?regex|i?lname|newer\w*|[acm]time|[acm]min|size|empty|perm|user|group|links|inum|samefile|maxdepth|anewer|cnewer|nouser|nogroup|used|fstype|xtype)$/;
const oneValue =
  /^-(?:i?name|i?path|i?wholename|i?regex|i?lname|newer\w*|[acm]time|[acm]min|size|perm|user|group|links|inum|samefile|maxdepth|mindepth|anewer|cnewer|used|fstype|x?type|printf|regextype|uid|gid|context)$/;

type Search = { starts: readonly string[]; narrowed: boolean; name: string };

/** find: what it deletes, runs and writes, on everything that it may find. */
const find: Command = (call) => {
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
  const maxDepthZero = expression.some((word, at) => word === '-maxdepth' && expression[at + 1] === '0');
  const narrowed =
    expression.some(
      (word, at) =>
        narrowing.test(word) && !(word === '-maxdepth') && !/^\*+(?:\.\*)?$/.test(expression[at + 1] ?? ''),
    ) && !maxDepthZero;
  const search: Search = { starts: before.length > 0 ? before : ['.'], narrowed, name };
  let output: Data = foundPaths(search);
  for (let at = 0; at < expression.length; at++) {
    const word = expression[at] ?? '';
    const value = expression[at + 1] ?? '';
    if (word === '-delete') for (const start of search.starts) touchFound('delete', start, search, call);
    else if (/^-(?:exec|ok)(?:dir)?$/.test(word)) {
      const end = expression.findIndex(
        (other, index) => index > at && (other === ';' || (other === '+' && expression[index - 1] === '{}')),
      );
      output = runFound(expression.slice(at + 1, end < 0 ? undefined : end), search, call);
      at = end < 0 ? expression.length : end;
    } else if (/^-(?:fprint|fprintf|fls|fprint0)$/.test(word)) touchPath('write', value, shell);
    else if (word === '-files0-from') touchPath('read', value, shell);
    if (oneValue.test(word)) at++;
  }
  return output;
};

/** What find may print: the start with a name that fits. */
function foundPaths({ starts, name }: Search): readonly string[] {
  return starts.map(
    (start) =>
      `${start.replace(/\/$/, '')}/${name === '' || isPureWildcard(name) ? wild.run : `${wild.name}/${name}`}`,
  );
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

/** xargs: the words of its input become arguments. */
const xargs: Command = (call) => {
  const { args, shell, streams } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-I',
      '-d',
      '-E',
      '-L',
      '-n',
      '-P',
      '-s',
      '-a',
      '-J',
      '-R',
      '-S',
      '--replace',
      '--delimiter',
      '--max-args',
      '--max-lines',
      '--max-procs',
      '--arg-file',
      '--eof',
      '--process-slot-var',
      '--max-chars',
    ]),
    stopsAtOperand: true,
  });
  const [file] = options.valuesOf('-a', '--arg-file');
  if (file !== undefined) touchPath('read', file, shell);
  const input = file === undefined ? streams.stdin : (readFile(file, shell) ?? unknownData);
  const words = options.operands.length > 0 ? options.operands : ['echo'];
  const [mark] = [...options.valuesOf('-I', '--replace', '-J'), ...(options.has('-i') ? ['{}'] : [])];
  const program = words[0]?.split('/').at(-1) ?? '';
  // Input that becomes words of an interpreter is its text.
  if (
    input.some(isForeign) &&
    (shells.includes(program) || isLanguage(program) || program === 'eval' || program === 'env')
  )
    judgeCode(input, shell);
  return oneOf(
    input.flatMap((text) => {
      const items = text
        .split(
          options.has('-0', '--null')
            ? '\0'
            : options.has('-d', '--delimiter') || mark !== undefined
              ? /\n|,|\0/
              : /[\s]+/,
        )
        .filter((item) => item !== '')
        .map((item) => item.replace(/^(['"])(.*)\1$/, '$2'));
      const given = items.length > 0 ? items : [];
      if (mark !== undefined)
        return given.flatMap((item) =>
          shell.engine.runWords(
            words.map((word) => word.replaceAll(mark, item)),
            shell,
            { ...streams, stdin: noData },
          ),
        );
      // Without any input GNU xargs runs the command once.
      return shell.engine.runWords([...words, ...given], shell, { ...streams, stdin: noData });
    }),
  );
};

/** GNU parallel: like xargs, and every command line is text for a shell. */
const parallel: Command = (call) => {
  const { args, shell, streams } = call;
  const at = args.findIndex((arg) => /^:{3,4}\+?$/.test(arg));
  const options = parseOptions(at < 0 ? args : args.slice(0, at), {
    valued: new Set([
      '-j',
      '--jobs',
      '-a',
      '--arg-file',
      '-I',
      '-n',
      '-N',
      '-L',
      '-d',
      '-C',
      '--colsep',
      '--delay',
      '--timeout',
      '--joblog',
      '--results',
      '-S',
      '--sshlogin',
      '--tmpdir',
      '--load',
      '--retries',
      '--workdir',
      '--wd',
    ]),
    stopsAtOperand: true,
  });
  if (options.has('-S', '--sshlogin')) ask(call, 'C5', 'it runs commands on another machine');
  for (const log of options.valuesOf('--joblog', '--results')) judgeRole('write', log, { shell });
  const given =
    at < 0
      ? streams.stdin.flatMap((text) => text.split('\n').filter(Boolean))
      : args.slice(at + 1).filter((arg) => !/^:{3,4}\+?$/.test(arg));
  const template = options.operands.join(' ');
  return oneOf(
    given.flatMap((item) => {
      const line =
        template === ''
          ? item
          : /\{[^}]*\}/.test(template)
            ? template.replace(/\{[^}]*\}/g, () => item)
            : `${template} ${item}`;
      return interpret([line], shell, { ...streams, stdin: noData });
    }),
  );
};

/** A command line at a later time, from standard input or a file. */
const later: Command = (call) => {
  const { args, shell, streams } = call;
  const options = parseOptions(args, { valued: new Set(['-f', '-t', '-q']) });
  if (options.has('-l', '-c')) return unknownData;
  ask(call, 'N7', 'it starts something at a later time');
  for (const file of options.valuesOf('-f')) touchPath('read', file, shell);
  if (!streams.stdin.every(isOpen)) interpret(streams.stdin, shell, { ...streams, stdin: noData });
  return noData;
};

/** Pagers run what `+!command` says before they show anything. */
const pager: Command = (call) => {
  const shape = shapeOf(call.name);
  for (const arg of call.args) {
    const text = /^\+{1,2}[\s\S]*?[!|#]([\s\S]*)$/.exec(arg)?.[1];
    if (text === undefined) continue;
    ask(call, 'C6', 'one of its options names a command');
    interpret([text], call.shell, { ...call.streams, stdin: noData });
  }
  const args = call.args.filter((arg) => !arg.startsWith('+'));
  return shape ? runShaped(shape, { ...call, args }) : unknownData;
};

/** Commands that run another one for what they find or read. */
export const runnerCommands: readonly (readonly [string, Command])[] = [
  ['find', find],
  ['gfind', find],
  ['xargs', xargs],
  ['gxargs', xargs],
  ['parallel', parallel],
  ...['less', 'more', 'most'].map((name) => [name, pager] as const),
  ['at', later],
  ['batch', later],
];
