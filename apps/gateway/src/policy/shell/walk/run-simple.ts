import type { Assignment, Command, Word } from 'unbash';
import { judgeVariable } from '../commands/judge-variable.ts';
import { expandArithmeticText } from '../expand/expand-arithmetic.ts';
import { expandFields, expandText } from '../expand/expand-word.ts';
import { type Data, noData, type Shell, type Streams, wordsInOrder } from '../shell.ts';
import { becomeState, copyState, mergeState, type Variable } from '../shell-state.ts';
import { applyRedirects, keepOutput } from './apply-redirects.ts';

/** Judges a command with its assignments and redirections, in every way its words may come out. */
export function runSimple(node: Command, shell: Shell, streams: Streams): Data {
  const assignments = node.prefix.filter((part) => part.type === 'Assignment');
  const words = node.name ? [node.name, ...node.args] : [];
  const redirected = applyRedirects(node.redirects, shell, streams);
  const ways = expandArguments(words, shell);
  const called = ways.some((way) => way.length > 0);
  const before = new Map(assignments.map(({ name }) => [name, shell.state.variables.get(name)]));
  for (const assignment of assignments) assign(assignment, shell);
  const output = runWays(ways, shell, redirected.streams);
  const [input] = node.redirects;
  // `$(< file)`: without a command, the content of the file.
  if (
    !called &&
    assignments.length === 0 &&
    node.redirects.length === 1 &&
    input?.type === 'Redirect' &&
    input.operator === '<'
  )
    return redirected.streams.stdin;
  // Assignments before a command are for that command only.
  if (called) for (const [name, values] of before) restore(name, values, shell);
  return keepOutput(redirected, output, shell);
}

function runWays(ways: readonly (readonly string[])[], shell: Shell, streams: Streams): Data {
  const [only] = ways;
  if (ways.length === 1 && only)
    return only.length > 0 ? shell.engine.runWords(only, shell, streams) : noData;
  const before = copyState(shell.state);
  const outputs: string[] = [];
  let merged = undefined as ReturnType<typeof copyState> | undefined;
  for (const way of ways) {
    if (shell.report.settled) break;
    shell.report.tick();
    becomeState(shell.state, copyState(before));
    if (way.length > 0) outputs.push(...shell.engine.runWords(way, shell, streams));
    if (merged) mergeState(merged, shell.state);
    else merged = copyState(shell.state);
  }
  becomeState(shell.state, merged ?? before);
  return [...new Set(outputs)];
}

/** Words of a command; `export X=…` and its kin take assignments among them. */
function expandArguments(
  words: readonly (Word | Assignment)[],
  shell: Shell,
): readonly (readonly string[])[] {
  const lists = words.map((word) => {
    if (word.type === 'Word') return expandFields(word, shell);
    const values = assign(word, shell);
    return values.map((elements) => [`${word.name}=${elements.join(' ')}`]);
  });
  return wordsInOrder(lists, shell.report);
}

function restore(name: string, values: Variable | undefined, { state }: Shell): void {
  if (values) state.variables.set(name, values);
  else state.variables.delete(name);
}

/** Sets a variable and judges what setting it does. */
function assign(assignment: Assignment, shell: Shell): Variable {
  const { name, value, index, append } = assignment;
  if (index) expandArithmeticText(index.text, shell);
  if (index && index.value !== index.text) expandArithmeticText(index.value, shell);
  const values: Variable =
    value.type === 'ArrayValue'
      ? wordsInOrder(
          value.elements.map((element) => elementOf(element, shell)),
          shell.report,
        )
      : expandText(value, shell).map((text) => [text]);
  for (const elements of values) judgeVariable(name, elements.join(' '), shell);
  setVariable(name, values, { shell, append: append === true, element: index !== undefined });
  return values;
}

/** An element of an array, without its subscript: any of them may be meant. */
function elementOf(element: Word, shell: Shell): readonly (readonly string[])[] {
  const ways = expandFields(element, shell);
  if (!/^\[[\s\S]*\]\+?=/.test(element.text)) return ways;
  return ways.map((fields) => fields.map((field) => field.replace(/^(?:\uE000|\[[^\]]*\])\+?=/, '')));
}

type Setting = { shell: Shell; append: boolean; element: boolean };

function setVariable(name: string, values: Variable, { shell, append, element }: Setting): void {
  const before = shell.state.variables.get(name);
  if (element) {
    // Which element it is matters to nobody here: any of them may be meant.
    shell.state.variables.set(
      name,
      (before ?? [[]]).flatMap((old) => values.map((added) => [...old, ...added])),
    );
    return;
  }
  if (!append || !before) {
    shell.state.variables.set(name, values);
    return;
  }
  const scalar = before.every((old) => old.length === 1) && values.every((added) => added.length === 1);
  shell.state.variables.set(
    name,
    before.flatMap((old) => values.map((added) => (scalar ? [`${old[0]}${added[0]}`] : [...old, ...added]))),
  );
}
