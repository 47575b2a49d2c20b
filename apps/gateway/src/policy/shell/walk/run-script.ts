import type { AndOr, ParsedScript, Pipeline, Statement } from 'unbash';
import { type Data, inOrder, noData, type Shell, type Streams } from '../shell.ts';
import { becomeState, copyState, mergeState, type ShellState } from '../shell-state.ts';
import { exits, readsNothingKnown } from './peek-command.ts';
import { runNode } from './run-node.ts';

/** Judges a parsed script from its first to its last statement; returns what it prints. */
export function runScript(script: ParsedScript, shell: Shell, streams: Streams): Data {
  const [error] = script.errors ?? [];
  if (error)
    shell.report.add({
      decision: 'ask',
      rule: 'C1',
      reason: `the command is not valid bash: ${error.message}`,
    });
  return runList(script.commands, shell, streams);
}

/** Judges statements in order. */
export function runList(statements: readonly Statement[], shell: Shell, streams: Streams): Data {
  const outputs: Data[] = [];
  for (const statement of statements) {
    if (shell.report.settled) break;
    shell.report.tick();
    outputs.push(runStatement(statement, shell, streams));
  }
  return concatenate(outputs, shell);
}

/** What is printed when one thing prints after another. */
export const concatenate = (outputs: readonly Data[], { report }: Shell): Data =>
  inOrder<string>(outputs, (before, after) => before + after, { empty: '', report });

function runStatement(statement: Statement, shell: Shell, streams: Streams): Data {
  if (statement.background) {
    const aside = { ...shell, state: copyState(shell.state), concurrent: true };
    const output = runNode(statement.command, aside, streams);
    // What it writes is there for those that come after.
    for (const [path, data] of aside.state.files) shell.state.files.set(path, data);
    return output;
  }
  const output = runNode(statement.command, shell, streams);
  const { state } = shell;
  // A `cd` may fail, and the next statement runs where the last one did.
  if (state.cwdsIfFailed.length > 0 && !state.stopsOnError)
    state.cwds = [...new Set([...state.cwds, ...state.cwdsIfFailed])];
  state.cwdsIfFailed = [];
  return output;
}

/** `a && b || c`: what is right of an operator may not run, unless the left decides otherwise. */
export function runAndOr(node: AndOr, shell: Shell, streams: Streams): Data {
  const { state } = shell;
  const outputs: Data[] = [];
  const endings: ShellState[] = [];
  for (const [index, command] of node.commands.entries()) {
    const operator = node.operators[index - 1];
    if (operator === '||' && exits(command)) {
      // `cd x || exit`: who goes on has succeeded.
      const aside = { ...shell, state: copyState(state) };
      outputs.push(runNode(command, aside, streams));
      state.cwdsIfFailed = [];
      continue;
    }
    if (operator !== undefined) endings.push(copyState(state));
    if (operator === '||' && state.cwdsIfFailed.length > 0) {
      state.cwds = state.cwdsIfFailed;
      state.cwdsIfFailed = [];
    }
    outputs.push(runNode(command, shell, streams));
  }
  const keepsFailure = endings.length > 0 || state.cwdsIfFailed.length > 0;
  if (keepsFailure) for (const ending of endings) mergeState(state, ending);
  return concatenate(outputs, shell);
}

/** A pipeline: each command is a shell of its own and reads what the one before prints. */
export function runPipeline(node: Pipeline, shell: Shell, streams: Streams): Data {
  const [only, ...rest] = node.commands;
  if (only && rest.length === 0) return runNode(only, shell, streams);
  let stdin = streams.stdin;
  for (const [index, command] of node.commands.entries()) {
    const next = node.commands[index + 1];
    const aside = { ...shell, state: copyState(shell.state), concurrent: true, input: stdin };
    if (next && readsNothingKnown(command, next))
      shell.report.add({ decision: 'deny', rule: 'N9', reason: 'it gives a shell to the network' });
    stdin = runNode(command, aside, { stdin, network: streams.network });
    for (const [path, data] of aside.state.files) shell.state.files.set(path, data);
    for (const [from, to] of aside.state.links) shell.state.links.set(from, to);
  }
  return stdin;
}

/** Goes through something that may happen or not, or several times: what is known afterwards is both. */
export function runMaybe(shell: Shell, body: () => Data): Data {
  const before = copyState(shell.state);
  const output = body();
  mergeState(shell.state, before);
  return [...new Set([...output, ...noData])];
}

/** Goes through branches of which one runs. */
export function runEither(shell: Shell, branches: readonly (() => Data)[]): Data {
  const before = copyState(shell.state);
  const outputs: string[] = [];
  let merged: ShellState | undefined;
  for (const branch of branches) {
    becomeState(shell.state, copyState(before));
    outputs.push(...branch());
    if (merged) mergeState(merged, shell.state);
    else merged = copyState(shell.state);
  }
  becomeState(shell.state, merged ?? before);
  return [...new Set(outputs)];
}
