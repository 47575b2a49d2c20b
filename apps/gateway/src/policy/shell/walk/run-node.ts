import type {
  Case,
  CommandNode,
  CompoundCommand,
  CompoundList,
  Coproc,
  For,
  Redirected,
  Select,
  Statement,
  TestExpression,
} from 'unbash';
import { expandArithmetic } from '../expand/expand-arithmetic.ts';
import { expandFields, expandPattern, expandText } from '../expand/expand-word.ts';
import { type Data, noData, type Shell, type Streams } from '../shell.ts';
import { copyState, mergeState, type Variable } from '../shell-state.ts';
import { applyRedirects, keepOutput } from './apply-redirects.ts';
import { concatenate, runAndOr, runEither, runList, runMaybe, runPipeline } from './run-script.ts';
import { runSimple } from './run-simple.ts';

type Node = Statement['command'] | CompoundCommand | CompoundList | CommandNode;

/** Judges one node of a script; returns what it prints. */
export function runNode(node: Node, shell: Shell, streams: Streams): Data {
  if (shell.report.settled) return noData;
  switch (node.type) {
    case 'Command':
      return runSimple(node, shell, streams);
    case 'AndOr':
      return runAndOr(node, shell, streams);
    case 'Pipeline':
      return runPipeline(node, shell, streams);
    case 'CompoundList':
      return runList(node.commands, shell, streams);
    case 'BraceGroup':
      return runList(node.body.commands, shell, streams);
    case 'Subshell':
      return runList(node.body.commands, { ...shell, state: copyState(shell.state) }, streams);
    case 'Redirected':
      return runRedirected(node, shell, streams);
    case 'Function':
      return defineFunction(node, shell);
    case 'Coproc':
      return runCoproc(node, shell, streams);
    case 'ArithmeticCommand':
      expandArithmetic(node.expression, shell);
      return noData;
    case 'TestCommand':
      runTest(node.expression, shell);
      return noData;
    default:
      return runBranches(node, shell, streams);
  }
}

type Branching = Exclude<
  CompoundCommand,
  { type: 'BraceGroup' | 'Subshell' | 'ArithmeticCommand' | 'TestCommand' }
>;

function runBranches(node: Branching, shell: Shell, streams: Streams): Data {
  const run = (list: CompoundList | undefined) => (list ? runList(list.commands, shell, streams) : noData);
  switch (node.type) {
    case 'If': {
      const tested = run(node.clause);
      const elifs = node.elif.map((elif) => () => concatenate([run(elif.clause), run(elif.then)], shell));
      return concatenate(
        [tested, runEither(shell, [() => run(node.then), ...elifs, () => run(node.else)])],
        shell,
      );
    }
    case 'While':
      return repeat(shell, () => concatenate([run(node.clause), run(node.body)], shell));
    case 'ArithmeticFor':
      expandArithmetic(node.initialize, shell);
      return repeat(shell, () => {
        expandArithmetic(node.test, shell);
        const output = run(node.body);
        expandArithmetic(node.update, shell);
        return output;
      });
    case 'For':
    case 'Select':
      return runFor(node, shell, () => run(node.body));
    case 'Case':
      return runCase(node, shell, run);
  }
}

/** Two rounds: what the end of a loop changes, its beginning sees. */
function repeat(shell: Shell, body: () => Data): Data {
  const first = runMaybe(shell, body);
  return [...new Set([...first, ...runMaybe(shell, body)])];
}

function runFor(node: For | Select, shell: Shell, body: () => Data): Data {
  const words = node.wordlist?.map((word) => expandFields(word, shell)) ?? [shell.state.positional];
  const values = [...new Set(words.flat(2))];
  if (values.length === 0) return noData;
  const variable: Variable = values.map((value) => [value]);
  return repeat(shell, () => {
    shell.state.variables.set(node.name.value, variable);
    return body();
  });
}

function runCase(node: Case, shell: Shell, run: (list: CompoundList) => Data): Data {
  expandText(node.word, shell);
  for (const item of node.items) for (const pattern of item.pattern) expandPattern(pattern, shell);
  return runEither(shell, [...node.items.map((item) => () => run(item.body)), () => noData]);
}

function runRedirected(node: Redirected, shell: Shell, streams: Streams): Data {
  const redirected = applyRedirects(node.redirects, shell, streams);
  const output = runNode(node.command, shell, redirected.streams);
  return keepOutput(redirected, output, shell);
}

function defineFunction(node: Extract<CommandNode, { type: 'Function' }>, shell: Shell): Data {
  shell.state.functions.set(node.name.value, [node.body]);
  return noData;
}

function runCoproc(node: Coproc, shell: Shell, streams: Streams): Data {
  const aside = { ...shell, state: copyState(shell.state), concurrent: true };
  const output = runNode(node.body, aside, streams);
  mergeState(shell.state, aside.state);
  return output;
}

/** Operators of `[[ ]]` that calculate their operands, or take a variable with a subscript. */
const calculating = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-v']);

function runTest(expression: TestExpression, shell: Shell): void {
  switch (expression.type) {
    case 'TestGroup':
      runTest(expression.expression, shell);
      break;
    case 'TestNot':
      runTest(expression.operand, shell);
      break;
    case 'TestLogical':
      for (const operand of expression.operands) runTest(operand, shell);
      break;
    case 'TestUnary':
      runOperand(expression.operator, expandText(expression.operand, shell), shell);
      break;
    case 'TestBinary':
      runOperand(expression.operator, expandText(expression.left, shell), shell);
      runOperand(expression.operator, expandPattern(expression.right, shell), shell);
  }
}

function runOperand(operator: string, texts: Data, shell: Shell): void {
  if (!calculating.has(operator)) return;
  for (const text of texts)
    if (/[`$]/.test(text)) shell.engine.runText(`: $((${text}))`, shell, { stdin: noData, network: false });
}
