import { isOpen, wild } from '../../place/wildcard.ts';
import { parameterOf } from '../expand/expand-parameter.ts';
import { type Command, type Data, noData, type Shell, unknownData } from '../shell.ts';
import { interpret } from './interpret.ts';
import { judgeVariable } from './judge-variable.ts';
import { movedTo } from './moved-to.ts';
import { ask, deny, isAboutItself } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { judgeRole } from './run-shaped.ts';
import { splitEnvString } from './split-env-string.ts';

/** `env`: assignments, `-S` with a text of words, then the command. */
const runEnv: Command = (call) => {
  const { args, shell, streams } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-u',
      '--unset',
      '-C',
      '--chdir',
      '-S',
      '--split-string',
      '--argv0',
      '-a',
      '--block-signal',
      '--default-signal',
    ]),
    stopsAtOperand: true,
  });
  const split = options
    .valuesOf('-S', '--split-string')
    .flatMap((text) => splitEnvString(text, (name) => lookUp(name, shell)));
  let words = [...split, ...options.operands];
  if (split.length > 0) {
    const [target] = options.valuesOf('-C', '--chdir');
    return runEnv({ ...call, args: words, shell: target === undefined ? shell : movedTo(target, shell) });
  }
  while (/^[^=\s-][^=\s]*=/.test(words[0] ?? '')) {
    const [assignment = ''] = words;
    const name = assignment.slice(0, assignment.indexOf('='));
    const value = assignment.slice(name.length + 1);
    judgeVariable(name, value, shell);
    words = words.slice(1);
  }
  if (words[0] === '--') words = words.slice(1);
  const [directory] = options.valuesOf('-C', '--chdir');
  const inside = directory === undefined ? shell : movedTo(directory, shell);
  if (words.length > 0) return shell.engine.runWords(words, inside, streams);
  if (!options.has('-i', '--ignore-environment') && !isAboutItself(call))
    ask(call, 'N6', 'it shows the environment, and keys may be in it');
  return unknownData;
};

/** A variable that may hold several things is as unknown as one that nobody set. */
function lookUp(name: string, shell: Shell): string {
  const [value, ...others] = parameterOf(name, shell).values;
  return others.length === 0 ? (value?.[0] ?? '') : wild.text;
}

const runText =
  (names: readonly string[], valued: readonly string[]): Command =>
  (call) => {
    const { args, shell, streams, name } = call;
    const options = parseOptions(args, { valued: new Set([...names, ...valued]) });
    if (name === 'su' || name === 'runuser') ask(call, 'C5', 'it becomes another user');
    const texts = options.valuesOf(...names);
    let output: Data = unknownData;
    for (const text of texts) output = interpret([text], shell, streams);
    if (name === 'runuser' && texts.length === 0 && options.has('-u'))
      return shell.engine.runWords(options.operands, shell, streams);
    if (name === 'su' && texts.length === 0) interpret(streams.stdin, shell, { ...streams, stdin: noData });
    if (name === 'script') for (const file of options.operands) judgeRole('write', file, { shell });
    if (name === 'script' && texts.length === 0 && streams.stdin.some((text) => !isOpen(text) && text !== ''))
      interpret(streams.stdin, shell, streams);
    return output;
  };

/** `flock file command` or `flock file -c text`. */
const runFlock: Command = ({ args, shell, streams }) => {
  const options = parseOptions(args, {
    valued: new Set(['-w', '-E', '--timeout', '--wait', '--conflict-exit-code']),
    stopsAtOperand: true,
  });
  const [lock, ...words] = options.operands;
  if (lock !== undefined) judgeRole('create', lock, { shell });
  const rest = words[0] === '--' ? words.slice(1) : words;
  if (rest[0] === '-c' || rest[0] === '--command') return interpret([rest[1] ?? ''], shell, streams);
  return rest.length > 0 ? shell.engine.runWords(rest, shell, streams) : noData;
};

/** `command` and `builtin`: the same command without functions and aliases. */
const runPlain: Command = ({ args, shell, streams }) => {
  const options = parseOptions(args, { stopsAtOperand: true });
  if (options.has('-v', '-V')) return unknownData;
  const { functions, aliases } = shell.state;
  Object.assign(shell.state, { functions: new Map(), aliases: new Map() });
  const output =
    options.operands.length > 0 ? shell.engine.runWords(options.operands, shell, streams) : noData;
  Object.assign(shell.state, { functions, aliases });
  return output;
};

const runInner: Command = ({ args, shell, streams }) => {
  const words = args.filter((arg, index) => !(index === 0 && /^--(?:install|list|help)/.test(arg)));
  return words.length > 0 ? shell.engine.runWords(words, shell, streams) : noData;
};

/** The loader: it starts any program it is given. */
const runLoader: Command = (call) => {
  const options = parseOptions(call.args, {
    valued: new Set([
      '--library-path',
      '--preload',
      '--audit',
      '--argv0',
      '--inhibit-rpath',
      '--glibc-hwcaps-mask',
    ]),
    stopsAtOperand: true,
  });
  if (options.has('--preload', '--audit', '--library-path')) ask(call, 'C5', 'it loads code into a program');
  return options.operands.length > 0
    ? call.shell.engine.runWords(options.operands, call.shell, call.streams)
    : unknownData;
};

const enterNamespace: Command = (call) => {
  const options = parseOptions(call.args, {
    valued: new Set(['-t', '--target', '-S', '-G', '--setuid', '--setgid']),
    stopsAtOperand: true,
  });
  if (options.valuesOf('-t', '--target').some((target) => Number(target) === 1 || isOpen(target)))
    deny(call, 'N8', "it enters the host's first process");
  ask(call, 'C5', 'it enters the namespaces of another process');
  return options.operands.length > 0
    ? call.shell.engine.runWords(options.operands, call.shell, call.streams)
    : unknownData;
};

/** Commands that run other commands in a way of their own. */
export const specialWrappers: readonly (readonly [string, Command])[] = [
  ['env', runEnv],
  ['genv', runEnv],
  ['su', runText(['-c', '--command', '--session-command'], ['-s', '--shell', '-g', '-G', '-w'])],
  ['runuser', runText(['-c', '--command', '--session-command'], ['-s', '-u', '-g', '-G', '-w'])],
  ['script', runText(['-c', '--command'], ['-E', '-I', '-O', '-B', '-T', '-m', '-o'])],
  ['sg', runText(['-c'], [])],
  ['newgrp', runText(['-c'], [])],
  ['flock', runFlock],
  ['command', runPlain],
  ['builtin', runPlain],
  ['busybox', runInner],
  ['toybox', runInner],
  ['coproc', runInner],
  ['nsenter', enterNamespace],
  ...[
    'ld.so',
    'ld-linux.so.2',
    'ld-linux-x86-64.so.2',
    'ld-linux-aarch64.so.1',
    'ld-musl-x86_64.so.1',
    'ld-musl-aarch64.so.1',
  ].map((name) => [name, runLoader] as const),
];
