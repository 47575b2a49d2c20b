import { isForeign, isOpen, wild } from '../../place/wildcard.ts';
import { expandArithmeticText } from '../expand/expand-arithmetic.ts';
import { type Call, type Command, type Data, noData, oneOf, unknownData } from '../shell.ts';
import { interpret } from './interpret.ts';
import { judgeVariable } from './judge-variable.ts';
import { ask } from './objections.ts';
import { parseOptions } from './parse-options.ts';

/** `export` and its kin: assignments came through the parser or, quoted, as words. */
const declare: Command = (call) => {
  const { args, shell } = call;
  const makesArrays = args.some((arg) => /^-\w*[aA]/.test(arg));
  for (const arg of args) {
    const equals = arg.indexOf('=');
    if (arg.startsWith('-') || equals < 0) continue;
    const name = arg.slice(0, equals).replace(/\+$/, '');
    const value = arg.slice(equals + 1);
    subscript(name, call);
    judgeVariable(name, value, shell);
    // NOTE: bash takes such a text for the elements of an array, and expands it once more.
    if (makesArrays && /^\s*\([\s\S]*\)\s*$/.test(value))
      interpret([`${name}=${value}`], shell, call.streams);
    if (
      /^\w+$/.test(name) &&
      !shell.state.variables.get(name)?.some((elements) => elements.join(' ') === value)
    )
      shell.state.variables.set(name, [[value]]);
    if (isOpen(name)) ask(call, 'C5', 'which variable it sets is not known');
  }
  const references = args.filter((arg) => /^-\w*n/.test(arg));
  if (references.length > 0) ask(call, 'C5', 'it gives a variable another name');
  if (args.every((arg) => /^-[pxr]+$/.test(arg)) && call.name !== 'readonly') showAll(call);
  return args.length === 0 || args.includes('-p') ? unknownData : noData;
};

/** All variables at once: the exported ones are the environment. */
function showAll(call: Call): void {
  ask(call, 'N6', 'it shows the environment, and keys may be in it');
}

/** A name with a subscript calculates it, and that may run commands. */
function subscript(name: string, { shell }: Call): void {
  const index = /\[([\s\S]*)\]?$/.exec(name)?.[1];
  if (index !== undefined) expandArithmeticText(index.replace(/\]$/, ''), shell);
}

const setOptions: Command = (call) => {
  const { args, shell } = call;
  if (args.length === 0) showAll(call);
  for (const [index, arg] of args.entries()) {
    if (/^-\w*e/.test(arg) || (arg === 'errexit' && args[index - 1] === '-o'))
      shell.state.stopsOnError = true;
    if (arg === '--' || !/^[-+]/.test(arg)) {
      if (args[index - 1] === '-o' || args[index - 1] === '+o') continue;
      shell.state.positional = [args.slice(arg === '--' ? index + 1 : index)];
      break;
    }
  }
  return args.length === 0 ? unknownData : noData;
};

const unset: Command = (call) => {
  for (const arg of call.args) {
    if (arg.startsWith('-')) continue;
    subscript(arg, call);
    call.shell.state.functions.delete(arg);
    call.shell.state.variables.set(arg, [['']]);
  }
  return noData;
};

const shift: Command = ({ args, shell }) => {
  const count = Number(args[0] ?? 1);
  shell.state.positional = shell.state.positional.map((words) =>
    isOpen(words[0] ?? '') ? words : words.slice(count),
  );
  return noData;
};

/** `read`: the variables take what comes in. */
const read: Command = ({ args, shell, streams }) => {
  const options = parseOptions(args, { valued: new Set(['-a', '-d', '-i', '-n', '-N', '-p', '-t', '-u']) });
  const [descriptor] = options.valuesOf('-u');
  const source =
    descriptor === undefined
      ? streams.stdin
      : (shell.state.descriptors.get(Number(descriptor)) ?? unknownData);
  const lines = oneOf(
    source.flatMap((text) =>
      text.split('\n').filter((line, index, all) => line !== '' || index < all.length - 1),
    ),
  );
  const names = [...options.operands, ...options.valuesOf('-a')];
  const many = names.length > 1 || options.has('-a');
  const values = many ? lines.flatMap((line) => [line, ...line.trim().split(/\s+/)]) : lines;
  for (const name of names.length > 0 ? names : ['REPLY']) {
    if (/\[/.test(name)) expandArithmeticText(name.replace(/^[^[]*\[|\]$/g, ''), shell);
    // `read a b`: the first words one by one, or the rest of the line.
    const own = names.length > 1 ? positionOf(lines, names.indexOf(name), names.length) : values;
    shell.state.variables.set(
      name.replace(/\[.*/s, ''),
      oneOf(own.length > 0 ? own : ['']).map((value) => [value]),
    );
  }
  return noData;
};

function positionOf(lines: Data, index: number, count: number): readonly string[] {
  return lines.map((line) => {
    const words = line.trim().split(/\s+/);
    const taken = index === count - 1 ? words.slice(index).join(' ') : (words[index] ?? '');
    return taken === '' && isOpen(line) ? (isForeign(line) ? wild.foreign : wild.text) : taken;
  });
}

const readLines: Command = ({ args, shell, streams }) => {
  const options = parseOptions(args, { valued: new Set(['-d', '-n', '-O', '-s', '-u', '-C', '-c']) });
  for (const text of options.valuesOf('-C')) interpret([text], shell, { ...streams, stdin: noData });
  const name = options.operands[0] ?? 'MAPFILE';
  shell.state.variables.set(
    name,
    streams.stdin.map((text) => text.replace(/\n$/, '').split('\n')),
  );
  return noData;
};

const calculate: Command = ({ args, shell }) => {
  for (const arg of args) expandArithmeticText(arg, shell);
  return noData;
};

const getOptions: Command = ({ args, shell }) => {
  const [, name] = args;
  if (name !== undefined) shell.state.variables.set(name, [[wild.name]]);
  shell.state.variables.set(
    'OPTARG',
    shell.state.positional.flatMap((words) => (words.length > 0 ? words.map((word) => [word]) : [['']])),
  );
  return noData;
};

/** What bash itself does with variables and parameters, by name. */
export const variableBuiltins: readonly (readonly [string, Command])[] = [
  ...['export', 'declare', 'typeset', 'local', 'readonly'].map((name) => [name, declare] as const),
  ['set', setOptions],
  ['unset', unset],
  ['shift', shift],
  ['read', read],
  ['mapfile', readLines],
  ['readarray', readLines],
  ['let', calculate],
  ['getopts', getOptions],
];
