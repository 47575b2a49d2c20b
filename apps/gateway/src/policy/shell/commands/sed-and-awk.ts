import { isForeign, isOpen } from '../../place/wildcard.ts';
import { type Call, type Command, noData, unknownData } from '../shell.ts';
import { touchPath } from '../touch-path.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask, deny } from './objections.ts';
import { parseOptions } from './parse-options.ts';

type Effect = { kind: 'write' | 'read'; path: string } | { kind: 'run'; text: string };

/** What a sed script does beside editing: files it reads and writes, and commands it runs. */
export function sedEffects(script: string): readonly Effect[] {
  const effects: Effect[] = [];
  let at = 0;
  const rest = () => {
    const end = script.indexOf('\n', at);
    const text = script.slice(at, end < 0 ? undefined : end);
    at = end < 0 ? script.length : end;
    return text.trim();
  };
  const skipTo = (delimiter: string) => {
    for (; at < script.length && script[at] !== delimiter; at++) {
      if (script[at] === '\\') at++;
      else if (script[at] === '[' && delimiter !== '[') {
        const close = script.indexOf(']', at + (script[at + 1] === '^' ? 3 : 2));
        if (close > 0 && !script.slice(at, close).includes('\n') && script.indexOf(delimiter, at) > close)
          at = close;
      }
    }
    at++;
  };
  while (at < script.length) {
    const letter = script[at++] ?? '';
    if (letter === '/' || letter === '\\') {
      skipTo(letter === '\\' ? (script[at++] ?? '') : '/');
      while (/[IM]/.test(script[at] ?? '')) at++;
    } else if (letter === 's' || letter === 'y') {
      const delimiter = script[at++] ?? '';
      skipTo(delimiter);
      const from = at;
      skipTo(delimiter);
      const replacement = script.slice(from, at - 1);
      if (letter === 'y') continue;
      while (/[gpiIMme\d]/.test(script[at] ?? ''))
        if (script[at++] === 'e') effects.push({ kind: 'run', text: replacement });
      if (script[at] === 'w') {
        at++;
        effects.push({ kind: 'write', path: rest() });
      }
    } else if (letter === 'w' || letter === 'W') effects.push({ kind: 'write', path: rest() });
    else if (letter === 'r' || letter === 'R') effects.push({ kind: 'read', path: rest() });
    else if (letter === 'e') effects.push({ kind: 'run', text: rest() });
    else if (/[aic]/.test(letter)) {
      rest();
      while (script[at - 1] === '\\' && at < script.length) {
        at++;
        rest();
      }
    } else if (/[:btT#]/.test(letter)) while (at < script.length && !/[\n;]/.test(script[at] ?? '')) at++;
  }
  return effects;
}

const sed: Command = (call) => {
  const { args, shell, streams } = call;
  const options = parseOptions(
    args.map((arg) => (/^-[nErszu]*i[^e]/.test(arg) ? '-i' : arg)),
    { valued: new Set(['-e', '-f', '-l', '--expression', '--file', '--line-length']) },
  );
  const given = options.valuesOf('-e', '--expression');
  const hasFile = options.has('-f', '--file');
  const scripts = given.length > 0 || hasFile ? given : options.operands.slice(0, 1);
  const files = given.length > 0 || hasFile ? options.operands : options.operands.slice(1);
  const sandboxed = options.has('--sandbox');
  for (const file of options.valuesOf('-f', '--file')) touchPath('read', file, shell);
  for (const effect of sandboxed ? [] : scripts.flatMap(sedEffects)) {
    if (effect.kind === 'run') {
      ask(call, 'C5', 'its script runs commands');
      if (effect.text !== '')
        interpret([effect.text.replace(/\\(.)/g, '$1')], shell, { ...streams, stdin: noData });
    } else {
      touchPath(effect.kind, effect.path, shell);
      if (effect.kind === 'write' && !/^\/dev\/std(?:out|err)$/.test(effect.path))
        ask(call, 'C5', 'its script writes files');
    }
  }
  if (scripts.some((script) => isOpen(script))) {
    if (scripts.some((script) => /^[^a-zA-Z]*[\uE002\uE003]/.test(script)))
      ask(call, 'C5', 'which script it runs is not known');
  }
  const inPlace = options.has('-i', '--in-place');
  for (const file of files) touchPath(inPlace ? 'write' : 'read', file, shell);
  // Known text stays known only where nothing is changed.
  return streams.stdin.some(isForeign) ? streams.stdin : (substitute(scripts, files, call) ?? unknownData);
};

/** A single plain `s` is computed, so that text put together with it can be judged. */
function substitute(
  scripts: readonly string[],
  files: readonly string[],
  { streams }: Call,
): readonly string[] | undefined {
  const [script = ''] = scripts;
  const found = /^s([^\w\s\\])((?:\\.|(?!\1)[^\\])*)\1((?:\\.|(?!\1)[^\\])*)\1(g?)$/s.exec(script);
  if (files.length > 0 || scripts.length !== 1 || !found || streams.stdin.some(isOpen)) return undefined;
  const [, , from = '', to = '', all = ''] = found;
  if (/[\\[\]*^$.&{}()+?|]/.test(from) || /[\\&]/.test(to)) return undefined;
  return streams.stdin.map((text) =>
    text
      .split('\n')
      .map((line) => (all ? line.replaceAll(from, () => to) : line.replace(from, () => to)))
      .join('\n'),
  );
}

/** What an awk program does beside its text: `system`, pipes, files, sockets. */
const awkEffects: readonly (readonly [RegExp, string])[] = [
  [/\bsystem\s*\(/, 'its program runs commands'],
  [/\|&?\s*getline|\|&/, 'its program runs commands'],
  [/getline[^;}\n<]{0,80}</, 'its program reads files'],
  [/@load|@include|\bextension\s*\(/, 'its program loads code'],
];

/** Whether a statement of an awk program prints into a file or a command. */
const printsAway = (code: string): boolean =>
  code
    .replace(/"(?:\\.|[^"\\])*"|\|\|/g, '""')
    .split(/[;}\n]/)
    .some((statement) => {
      const print = statement.search(/\bprintf?\b/);
      return print >= 0 && /[>|]/.test(statement.slice(print));
    });

const awk: Command = (call) => {
  const { args, shell, streams } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-F',
      '-v',
      '-f',
      '-i',
      '-l',
      '-e',
      '-E',
      '--field-separator',
      '--assign',
      '--file',
      '--include',
      '--load',
      '--source',
      '--exec',
    ]),
  });
  const sources = options.valuesOf('-e', '--source');
  const hasProgram = sources.length > 0 || options.has('-f', '--file', '-E', '--exec');
  const programs = hasProgram ? sources : options.operands.slice(0, 1);
  for (const program of programs) {
    if (/\/inet[46]?\//.test(program)) deny(call, 'N9', 'its program talks to the network');
    const code = program.replace(/#[^\n]*/g, '');
    for (const [pattern, reason] of awkEffects) if (pattern.test(code)) ask(call, 'C5', reason);
    if (printsAway(code)) ask(call, 'C5', 'its program writes files or runs commands');
    for (const [, text = ''] of program.matchAll(/"((?:\\.|[^"\\])*)"/g)) {
      if (/^[~/.]/.test(text))
        checkLooseWord(text, shell, {
          readOnly: !printsAway(code),
        });
      if (/\bsystem\s*\(|\|/.test(code))
        interpret([text.replace(/\\(.)/g, '$1')], shell, { ...streams, stdin: noData });
    }
    if (/^[\uE002\uE003]/.test(program)) ask(call, 'C5', 'which program it runs is not known');
  }
  if (options.has('-l', '--load')) ask(call, 'C5', 'it loads code');
  const inPlace = options.valuesOf('-i', '--include').includes('inplace');
  for (const file of options.valuesOf('-f', '--file', '-E', '--exec')) touchPath('read', file, shell);
  for (const file of hasProgram ? options.operands : options.operands.slice(1))
    if (!/^\w+=/.test(file)) touchPath(inPlace ? 'write' : 'read', file, shell);
  return streams.stdin.some(isForeign) ? streams.stdin : unknownData;
};

/** Editors of streams, whose scripts can do more than edit. */
export const scriptCommands: readonly (readonly [string, Command])[] = [
  ...['sed', 'gsed', 'ssed'].map((name) => [name, sed] as const),
  ...['awk', 'gawk', 'mawk', 'nawk', 'original-awk', 'goawk'].map((name) => [name, awk] as const),
];
