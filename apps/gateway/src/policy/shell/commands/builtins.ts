import { isForeign, isKnown, isOpen } from '../../place/wildcard.ts';
import { expandArithmeticText } from '../expand/expand-arithmetic.ts';
import { type Command, noData, oneOf, unknownData } from '../shell.ts';
import { copyState } from '../shell-state.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { readFile } from '../walk/apply-redirects.ts';
import { interpret, judgeCode } from './interpret.ts';
import { ask, deny } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { runShaped, shapeOf } from './run-shaped.ts';

const nothing: Command = () => noData;

/** `cd`: where it goes, unless it fails. */
const changeDirectory: Command = ({ args, shell, name }) => {
  const { operands } = parseOptions(args);
  const { state } = shell;
  const [target = state.variables.get('HOME')?.at(-1)?.[0] ?? shell.context.home] = operands;
  const from = state.cwds;
  const to = target === '-' ? state.previousCwds : placesOf(target, shell).map((place) => place.path);
  state.previousCwds = from;
  state.cwds = [...new Set(to)];
  const isSure =
    /^(?:\/|\.\.?(?:\/\.\.)*|\/(?:etc|usr|var|tmp|home|root|bin|dev|proc))\/?$/.test(target) ||
    target === '-' ||
    to.includes(shell.context.home) ||
    to.includes(shell.context.workDir);
  if (!isSure) state.cwdsIfFailed = [...new Set([...state.cwdsIfFailed, ...from])];
  return name === 'cd' && target !== '-' ? noData : unknownData;
};

const popDirectory: Command = ({ shell }) => {
  [shell.state.cwds, shell.state.previousCwds] = [shell.state.previousCwds, shell.state.cwds];
  return unknownData;
};

/** `eval`: the words are text again (C3). */
const evaluate: Command = ({ args, shell, streams }) =>
  interpret([(args[0] === '--' ? args.slice(1) : args).join(' ')], shell, streams);

/** `source`: a file that this text wrote is judged, data of a pipe is code, any other file is a script of the person. */
export const source: Command = (call) => {
  const { args, shell, streams } = call;
  const [path = '', ...positional] = args[0] === '--' ? args.slice(1) : args;
  const isPipe = /^\/dev\/(?:stdin|fd\/|tcp\/|udp\/)|^\/proc\/(?:self|\d+|\uE004)\/fd\//.test(path);
  if (/^\/dev\/(?:tcp|udp)\//.test(path)) deny(call, 'N5', 'it runs text that was fetched');
  touchPath('read', path, shell);
  if (isOpen(path)) ask(call, 'C5', 'which file it runs is not known');
  if (isForeign(path)) deny(call, 'N5', 'it runs text that was fetched or decoded');
  const written = path === '/dev/stdin' || path === '/dev/fd/0' ? streams.stdin : readFile(path, shell);
  if (isPipe) judgeCode(written ?? unknownData, shell);
  else if (written) ask(call, 'C5', 'it runs a file that the same command wrote or fetched');
  else if (placesOf(path, shell).some((place) => place.zone === 'temporary'))
    ask(call, 'C5', 'it takes in a temporary file');
  const before = shell.state.positional;
  if (positional.length > 0) shell.state.positional = [positional];
  const texts = (written ?? []).filter((text) => !isOpen(text));
  const output =
    texts.length > 0
      ? oneOf(texts.flatMap((text) => shell.engine.runText(text, shell, streams)))
      : unknownData;
  shell.state.positional = before;
  return output;
};

/** `exec`: another program takes over; without one, only redirections stay. */
const replace: Command = ({ args, shell, streams }) => {
  const { operands } = parseOptions(args, { valued: new Set(['-a']), stopsAtOperand: true });
  return operands.length > 0 ? shell.engine.runWords(operands, shell, streams) : noData;
};

const trap: Command = ({ args, shell, streams }) => {
  const [text = '', ...signals] = args.filter((arg) => arg !== '--');
  if (signals.length > 0 && text !== '-' && !text.startsWith('-'))
    interpret([text], { ...shell, state: copyState(shell.state) }, { ...streams, stdin: noData });
  return noData;
};

const alias: Command = ({ args, shell }) => {
  for (const arg of args) {
    const equals = arg.indexOf('=');
    if (equals > 0) shell.state.aliases.set(arg.slice(0, equals), [arg.slice(equals + 1)]);
  }
  return args.length === 0 ? unknownData : noData;
};

const kill: Command = (call) => {
  const words = call.args.filter(
    (arg, index) => !(index === 0 && /^-(?:[A-Z]+\w*|\d{1,2}|[a-z]{3,})$/i.test(arg) && call.args.length > 1),
  );
  const targets = words.filter(
    (arg, index) =>
      !/^-(?:s|n|l|L)$/.test(arg) && !/^(?:-s|-n)$/.test(words[index - 1] ?? '') && arg !== '--',
  );
  if (call.args.includes('-l') || call.args.includes('-L')) return unknownData;
  if (targets.some((target) => target === '-1')) deny(call, 'N4', 'it ends every process of this account');
  if (targets.some((target) => target === '1' || target === '-0'))
    ask(call, 'N4', 'it signals the first process or its own group');
  if (targets.includes('0')) ask(call, 'C5', 'it signals its own process group');
  return noData;
};

const setShellOptions: Command = ({ args, shell }) => {
  if (args.includes('dotglob') && args.some((arg) => /^-\w*s/.test(arg))) shell.state.reachesDotFiles = true;
  return args.length === 0 ? unknownData : noData;
};

/** `test -v` and `wait -p` take a variable, and calculate its subscript. */
const takesVariable: Command = (call) => {
  for (const [index, arg] of call.args.entries())
    if (/^-[vRp]$/.test(call.args[index - 1] ?? '')) {
      const subscript = /\[([\s\S]*)\]/.exec(arg)?.[1];
      if (subscript !== undefined) expandArithmeticText(subscript, call.shell);
    }
  const shape = shapeOf(call.name);
  return shape ? runShaped(shape, call) : noData;
};

/** `bind -x`, `complete -C`, `compgen -C`: text that runs later. */
const later: Command = ({ args, shell, streams }) => {
  const options = parseOptions(args, {
    valued: new Set(['-x', '-C', '-F', '-W', '-A', '-G', '-P', '-S', '-X', '-o', '-f']),
  });
  const texts = [
    ...options.valuesOf('-C'),
    ...options.valuesOf('-x').map((text) => text.replace(/^[^:]*:/, '')),
    ...options.valuesOf('-W'),
  ];
  for (const text of texts)
    if (isKnown(text))
      shell.engine.runText(text, { ...shell, state: copyState(shell.state) }, { ...streams, stdin: noData });
  return unknownData;
};

const enable: Command = (call) => {
  if (call.args.some((arg) => /^-\w*f/.test(arg))) ask(call, 'C5', 'it loads code into the shell');
  return noData;
};

/** `hash -p`: a name gets another file. */
const hash: Command = (call) => {
  const [path, name] = parseOptions(call.args).operands;
  if (call.args.some((arg) => /^-\w*p/.test(arg)) && path !== undefined && name !== undefined) {
    call.shell.state.aliases.set(name, [path]);
    ask(call, 'C5', 'it makes a name of a command mean another file');
  }
  return noData;
};

/** What bash itself does, by name. */
export const builtins: readonly (readonly [string, Command])[] = [
  ...['cd', 'chdir', 'pushd'].map((name) => [name, changeDirectory] as const),
  ['popd', popDirectory],
  ['eval', evaluate],
  ['source', source],
  ['.', source],
  ['exec', replace],
  ['trap', trap],
  ['alias', alias],
  ...['test', '[', 'wait'].map((name) => [name, takesVariable] as const),
  ['shopt', setShellOptions],
  ['kill', kill],
  ['bind', later],
  ['complete', later],
  ['compgen', later],
  ['enable', enable],
  ['hash', hash],
  ['pwd', ({ shell }) => shell.state.cwds],
  ...[
    'exit',
    'return',
    'break',
    'continue',
    'jobs',
    'fg',
    'bg',
    'disown',
    'suspend',
    'logout',
    'unalias',
    'compopt',
    'caller',
    'history',
    'fc',
    'dirs',
    'help',
    ']',
  ].map((name) => [name, nothing] as const),
];
