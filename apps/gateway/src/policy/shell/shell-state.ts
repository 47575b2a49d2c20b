import type { ParsedScript, Function as ShellFunction } from 'unbash';
import { wild } from '../place/wildcard.ts';
import type { PolicyContext } from '../policy.ts';
import type { Data } from './shell.ts';

/** The elements of a variable in each way it may have come about; a scalar has one element. */
export type Variable = readonly (readonly string[])[];

/** What a shell knows in the middle of a script. Paths are absolute and resolved. */
export type ShellState = {
  variables: Map<string, Variable>;
  functions: Map<string, readonly ShellFunction['body'][]>;
  aliases: Map<string, readonly string[]>;
  /** Where it may be. */
  cwds: readonly string[];
  /** Where it is if the last `cd` failed. */
  cwdsIfFailed: readonly string[];
  previousCwds: readonly string[];
  /** What the same text wrote to files, and what stands behind `/dev/fd/…`. */
  files: Map<string, Data>;
  links: Map<string, string>;
  /** Scripts that read what is written to a path: `>(…)`. */
  sinks: Map<string, ParsedScript>;
  descriptors: Map<number, Data>;
  positional: Variable;
  stopsOnError: boolean;
  /** Globs reach names that begin with a dot. */
  reachesDotFiles: boolean;
};

/** A shell as `bash -c` starts it: it knows HOME, PWD, USER, IFS and a few of its own variables. */
export function startState(cwd: string, context: PolicyContext): ShellState {
  const user = context.home.split('/').at(-1) ?? '';
  const known = {
    HOME: context.home,
    PWD: cwd,
    USER: user,
    LOGNAME: user,
    IFS: ' \t\n',
    SHELL: '/bin/bash',
    BASH: '/bin/bash',
  };
  const names =
    'UID EUID PPID RANDOM SRANDOM SECONDS LINENO HOSTNAME SHLVL BASHPID EPOCHSECONDS EPOCHREALTIME BASH_VERSION OSTYPE HOSTTYPE MACHTYPE COLUMNS LINES';
  return {
    variables: new Map([
      ...Object.entries(known).map(([name, value]): [string, Variable] => [name, [[value]]]),
      ...names.split(' ').map((name): [string, Variable] => [name, [[wild.name]]]),
    ]),
    functions: new Map(),
    aliases: new Map(),
    cwds: [cwd],
    cwdsIfFailed: [],
    previousCwds: [cwd],
    files: new Map(),
    links: new Map(),
    sinks: new Map(),
    descriptors: new Map(),
    positional: [[]],
    stopsOnError: false,
    reachesDotFiles: false,
  };
}

/** The same knowledge to go on with apart, as a subshell or a branch does. */
export const copyState = (state: ShellState): ShellState => ({
  ...state,
  variables: new Map(state.variables),
  functions: new Map(state.functions),
  aliases: new Map(state.aliases),
  files: new Map(state.files),
  links: new Map(state.links),
  sinks: new Map(state.sinks),
  descriptors: new Map(state.descriptors),
});

/** Takes in what is known if things went the other way. */
export function mergeState(state: ShellState, other: ShellState): void {
  state.cwds = union(state.cwds, other.cwds);
  state.cwdsIfFailed = union(state.cwdsIfFailed, other.cwdsIfFailed);
  state.previousCwds = union(state.previousCwds, other.previousCwds);
  state.positional = unionBy(state.positional, other.positional);
  for (const name of new Set([...state.variables.keys(), ...other.variables.keys()])) {
    const [one, two] = [state.variables.get(name), other.variables.get(name)];
    state.variables.set(name, unionBy(one ?? unset, two ?? unset));
  }
  mergeMap(state.functions, other.functions, union);
  mergeMap(state.aliases, other.aliases, union);
  mergeMap(state.files, other.files, union);
  mergeMap(state.descriptors, other.descriptors, union);
  for (const [path, script] of other.sinks) state.sinks.set(path, script);
  for (const [from, to] of other.links) state.links.set(from, to);
}

/** Goes on as `other`, in place. */
export const becomeState = (state: ShellState, other: ShellState): void => {
  Object.assign(state, other);
};

const mostValues = 64;
/** What nobody set could be set where the shell was started. */
const unset: Variable = [[wild.text]];

function union<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  if (one === other) return one;
  const all = [...new Set([...one, ...other])];
  return all.slice(0, mostValues);
}

function unionBy(one: Variable, other: Variable): Variable {
  if (one === other) return one;
  const all = new Map([...one, ...other].map((value) => [value.join('\0'), value]));
  const values = [...all.values()];
  return values.length <= mostValues ? values : [...values.slice(0, mostValues), [wild.text]];
}

function mergeMap<K, V>(into: Map<K, V>, other: Map<K, V>, join: (one: V, other: V) => V): void {
  if (into === other) return;
  for (const [key, value] of other) {
    const own = into.get(key);
    into.set(key, own === undefined ? value : join(own, value));
  }
}
