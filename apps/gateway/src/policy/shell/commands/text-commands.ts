import { isKnown, isOpen, wild } from '../../place/wildcard.ts';
import { expandArithmeticText } from '../expand/expand-arithmetic.ts';
import { type Call, type Command, type Data, noData, oneOf, unknownData } from '../shell.ts';
import { placesOf } from '../touch-path.ts';
import { ask } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { contentOf, judgeRole } from './run-shaped.ts';

/** The escapes of `echo -e` and printf. */
function decodeEscapes(text: string): string {
  return text.replace(
    /\\(x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|0?[0-7]{1,3}|.)/gs,
    (_, code: string) => {
      const plain: Record<string, string> = {
        n: '\n',
        t: '\t',
        r: '\r',
        a: '\u0007',
        b: '\b',
        e: '\u001b',
        E: '\u001b',
        f: '\f',
        v: '\v',
        '\\': '\\',
        c: '',
      };
      const [kind = ''] = code;
      if (/^[xuU]./.test(code))
        return String.fromCodePoint(Math.min(Number.parseInt(code.slice(1), 16), 0x10ffff));
      if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
      return plain[kind] ?? `\\${code}`;
    },
  );
}

const echo: Command = ({ args }) => {
  const flags = /^-[neE]+$/;
  const from = args.findIndex((arg) => !flags.test(arg));
  const options = from < 0 ? args : args.slice(0, from);
  const text = (from < 0 ? [] : args.slice(from)).join(' ');
  const line = options.some((option) => option.includes('n')) ? text : `${text}\n`;
  return [options.some((option) => option.includes('e')) ? decodeEscapes(line) : line];
};

const printf: Command = ({ args, shell }) => {
  const [first, name, ...rest] = args;
  if (first === '-v' && name !== undefined) {
    const index = /\[([\s\S]*)\]/.exec(name)?.[1];
    if (index !== undefined) expandArithmeticText(index, shell);
    shell.state.variables.set(name.replace(/\[.*/s, ''), [[format(rest[0] === '--' ? rest.slice(1) : rest)]]);
    return noData;
  }
  return [format(first === '--' ? args.slice(1) : args)];
};

function format([pattern = '', ...values]: readonly string[]): string {
  let text = '';
  const left = [...values].reverse();
  do {
    const before = left.length;
    text += decodeEscapes(pattern).replace(
      /%([-+ 0#']*)(\*|\d*)(?:\.(\*|\d*))?(b|q|c|s|d|i|u|x|X|o|e|f|g|%|\([^)]*\)T)/g,
      (_, _flags, width, precision, kind: string) => {
        if (kind === '%') return '%';
        if (width === '*') left.pop();
        const value = left.pop() ?? '';
        if (kind === 's' || kind === 'q')
          return precision === undefined || precision === '' ? value : value.slice(0, Number(precision));
        if (kind === 'b') return decodeEscapes(value);
        if (kind === 'c') return value.slice(0, 1);
        if (isOpen(value)) return wild.name;
        const number = Number(value.startsWith("'") ? value.charCodeAt(1) : value);
        if (Number.isNaN(number)) return wild.name;
        return kind === 'x'
          ? number.toString(16)
          : kind === 'o'
            ? number.toString(8)
            : /[diu]/.test(kind)
              ? String(Math.trunc(number))
              : wild.name;
      },
    );
    if (left.length === before) break;
  } while (left.length > 0 && text.length < 65_536);
  return text;
}

const reverse: Command = ({ args, shell, streams }) => {
  for (const arg of args) judgeRole('read', arg, { shell });
  return contentOrInput(args, { shell, streams }).map((text) =>
    text
      .split('\n')
      .map((line) => [...line].reverse().join(''))
      .join('\n'),
  );
};

const contentOrInput = (files: readonly string[], call: Pick<Call, 'shell' | 'streams'>): Data =>
  files.length === 0 ? call.streams.stdin : contentOf(files, call);

/** `tr` on text that is known; a set that is not plain makes it unknown. */
const translate: Command = ({ args, streams }) => {
  const { operands, has } = parseOptions(args);
  const [from, to] = operands.map(expandSet);
  const deletes = has('-d', '--delete');
  return streams.stdin.map((text) => {
    if (!isKnown(text)) return text;
    if (from === undefined || has('-c', '-C', '--complement') || (!deletes && to === undefined))
      return has('-s') ? text : wild.text;
    if (deletes) return [...text].filter((character) => !from.includes(character)).join('');
    return [...text].map((character) => replaceBy(character, from, to ?? '')).join('');
  });
};

function replaceBy(character: string, from: string, to: string): string {
  const at = from.lastIndexOf(character);
  return at < 0 ? character : (to[Math.min(at, to.length - 1)] ?? '');
}

function expandSet(set: string): string | undefined {
  if (/\[:(?!(?:upper|lower|space|digit):\])|\[=|\*/.test(set)) return undefined;
  const classes: Record<string, string> = {
    upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    lower: 'abcdefghijklmnopqrstuvwxyz',
    space: ' \t\n\r\v\f',
    digit: '0123456789',
  };
  return decodeEscapes(set)
    .replace(/\[:(\w+):\]/g, (_, name: string) => classes[name] ?? '')
    .replace(/([\s\S])-([\s\S])/g, (_, start: string, end: string) => {
      const [first, last] = [start.charCodeAt(0), end.charCodeAt(0)];
      return last < first || last - first > 255
        ? ''
        : Array.from({ length: last - first + 1 }, (_, at) => String.fromCharCode(first + at)).join('');
    });
}

const baseName: Command = ({ args, name }) => {
  const { operands } = parseOptions(args, { valued: new Set(['-s', '--suffix']) });
  const [path = '', suffix = ''] = operands;
  if (operands.length === 0 || !isKnown(path))
    return [
      isOpen(path) && name === 'dirname'
        ? wild.text
        : path === ''
          ? wild.name
          : name === 'basename'
            ? wild.name
            : path.replace(/\/[^/]*$/, '') || '.',
    ];
  if (name === 'dirname')
    return [/^\/[^/]*$/.test(path) ? '/' : path.includes('/') ? path.replace(/\/+[^/]*$/, '') : '.'];
  const last = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return [suffix !== '' && last.endsWith(suffix) ? last.slice(0, -suffix.length) : last];
};

/** dc: a line that begins with `!` is a command. */
const deskCalculator: Command = (call) => {
  const options = parseOptions(call.args, { valued: new Set(['-e', '-f', '--expression', '--file']) });
  for (const path of [...options.operands, ...options.valuesOf('-f', '--file')])
    judgeRole('read', path, call);
  for (const text of [...options.valuesOf('-e', '--expression'), ...call.streams.stdin]) {
    const command = /!(?![<>=])([^\n]*)/.exec(text)?.[1];
    if (command === undefined) continue;
    ask(call, 'C5', 'its program runs commands');
    call.shell.engine.runText(command, call.shell, { stdin: noData, network: false });
  }
  return [wild.name];
};

/** `realpath`, `readlink -f`: the path itself, resolved. */
const resolvePath: Command = ({ args, shell }) => {
  const { operands } = parseOptions(args, { valued: new Set(['--relative-to', '--relative-base']) });
  for (const operand of operands) judgeRole('list', operand, { shell });
  return oneOf(
    operands.flatMap((operand) =>
      isOpen(operand) ? [operand] : placesOf(operand, shell).map((place) => place.path),
    ),
  );
};

const repeatLine: Command = ({ args }) => [`${args.length > 0 ? args.join(' ') : 'y'}\n`];

/** A temporary name: in /tmp unless told otherwise. */
const makeTemporary: Command = ({ args, shell }) => {
  const options = parseOptions(args, { valued: new Set(['-p', '--suffix']) });
  const [directory] = options.valuesOf('-p', '--tmpdir');
  const [template] = options.operands;
  if (template !== undefined && (template.includes('/') || !options.has('-t', '-p', '--tmpdir'))) {
    judgeRole('create', template, { shell });
    return [template.replace(/X{3,}/, wild.name)];
  }
  return [`${directory ?? '/tmp'}/${wild.name}`];
};

/** Shows the environment: keys of models and services may be in it. */
const printEnvironment: Command = (call) => {
  const names = call.args.filter((arg) => !arg.startsWith('-'));
  const telling =
    names.length === 0 ||
    names.some((name) => isOpen(name) || /KEY|TOKEN|SECRET|PASS|CREDENTIAL|AUTH/i.test(name));
  if (telling) ask(call, 'N6', 'it shows the environment, and keys may be in it');
  return oneOf(
    names.length === 1
      ? (call.shell.state.variables.get(names[0] ?? '') ?? [[wild.text]]).map(([value = '']) => value)
      : unknownData,
  );
};

/** Commands about text, some of them computed so that what they print can be judged. */
export const textCommands: readonly (readonly [string, Command])[] = [
  ['echo', echo],
  ['printf', printf],
  ['rev', reverse],
  ['dc', deskCalculator],
  ['tr', translate],
  ['yes', repeatLine],
  ['realpath', resolvePath],
  ['readlink', resolvePath],
  ['basename', baseName],
  ['dirname', baseName],
  ['mktemp', makeTemporary],
  ['tempfile', makeTemporary],
  ['printenv', printEnvironment],
];
