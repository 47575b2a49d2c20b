import { type ArithmeticExpression, parse } from 'unbash';
import { isKnown, wild } from '../../place/wildcard.ts';
import { noData, type Shell } from '../shell.ts';
import { outputOf } from './expand-substitution.ts';
import { expandQuoted } from './expand-word.ts';

/** The value of an arithmetic expression, or digits nobody knows. Runs what it substitutes, also in subscripts. */
export function expandArithmetic(expression: ArithmeticExpression | undefined, shell: Shell): string {
  const value = expression ? evaluate(expression, shell) : 0;
  return value === undefined ? wild.name : String(value);
}

/** The same for text, such as a subscript or a word of `let`. */
export function expandArithmeticText(text: string, shell: Shell): string {
  if (/^-?\d+$/.test(text) || text === '@' || text === '*') return text;
  const [statement] = parse(`((${text}))`).commands;
  const command = statement?.command;
  if (command?.type === 'ArithmeticCommand') return expandArithmetic(command.expression, shell);
  if (/[$`]/.test(text)) shell.engine.runText(`: $((${text}))`, shell, { stdin: noData, network: false });
  return wild.name;
}

function evaluate(node: ArithmeticExpression, shell: Shell): number | undefined {
  switch (node.type) {
    case 'ArithmeticGroup':
      return evaluate(node.expression, shell);
    case 'ArithmeticTernary': {
      const test = evaluate(node.test, shell);
      const [then, otherwise] = [evaluate(node.consequent, shell), evaluate(node.alternate, shell)];
      return test === undefined ? undefined : test !== 0 ? then : otherwise;
    }
    case 'ArithmeticUnary': {
      const value = evaluate(node.operand, shell);
      if (value === undefined) return undefined;
      const results: Record<string, number> = {
        '-': -value,
        '+': value,
        '!': value === 0 ? 1 : 0,
        '~': ~value,
      };
      return results[node.operator];
    }
    case 'ArithmeticBinary':
      return evaluateBinary(node, shell);
    case 'ArithmeticCommandExpansion':
      return numberOf(outputOf(node.script, shell));
    case 'ArithmeticWord':
      return evaluateWord(node, shell);
  }
}

function evaluateWord(
  node: Extract<ArithmeticExpression, { type: 'ArithmeticWord' }>,
  shell: Shell,
): number | undefined {
  const texts = node.parts ? expandQuoted(node.parts, shell) : [node.value];
  const [text = ''] = texts;
  if (texts.length > 1 || !isKnown(text)) return undefined;
  const name = /^([A-Za-z_]\w*)(\[[\s\S]*\])?$/.exec(text);
  if (!name) return numberOf([text]);
  if (name[2]) expandArithmeticText(name[2].slice(1, -1), shell);
  const values = shell.state.variables.get(name[1] ?? '');
  if (!values) return undefined;
  // Bash evaluates the value of a variable again: a subscript in it runs commands.
  for (const [value = ''] of values)
    if (/[$`]/.test(value)) shell.engine.runText(`: $((${value}))`, shell, { stdin: noData, network: false });
  return numberOf(values.map(([value = '']) => value));
}

function numberOf(texts: readonly string[]): number | undefined {
  const [text = ''] = texts;
  const literal = text.trim();
  if (texts.length !== 1 || !/^-?(?:\d+|0x[\da-f]+|\d+#\w+)$/i.test(literal)) return undefined;
  const [base, digits] = literal.split('#');
  if (digits !== undefined) return Number.parseInt(digits, Number(base));
  return /^-?0\d/.test(literal) ? Number.parseInt(literal, 8) : Number(literal);
}

const operators: Record<string, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => Math.trunc(left / right),
  '%': (left, right) => left % right,
  '**': (left, right) => left ** right,
  '<<': (left, right) => left << right,
  '>>': (left, right) => left >> right,
  '&': (left, right) => left & right,
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
  ',': (_, right) => right,
};

function evaluateBinary(
  node: Extract<ArithmeticExpression, { type: 'ArithmeticBinary' }>,
  shell: Shell,
): number | undefined {
  const left = evaluate(node.left, shell);
  const right = evaluate(node.right, shell);
  const assigns = /^(?:[-+*/%&|^]|<<|>>)?=$/.test(node.operator);
  if (!assigns)
    return left === undefined || right === undefined ? undefined : operators[node.operator]?.(left, right);
  const by =
    node.operator === '='
      ? right
      : left === undefined || right === undefined
        ? undefined
        : operators[node.operator.slice(0, -1)]?.(left, right);
  if (node.left.type === 'ArithmeticWord')
    shell.state.variables.set(node.left.value.replace(/\[.*$/s, ''), [
      [by === undefined ? wild.name : String(by)],
    ]);
  return by;
}
