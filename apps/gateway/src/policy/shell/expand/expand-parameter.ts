import type { ParameterExpansionPart, ParameterOperation, Word } from 'unbash';
import { isKnown, isOpen, wild } from '../../place/wildcard.ts';
import { noData, oneOf, type Shell, unknownData } from '../shell.ts';
import type { Variable } from '../shell-state.ts';
import { expandArithmeticText } from './expand-arithmetic.ts';
import { type Expansion, expandPattern, expandText } from './expand-word.ts';
import { removePattern, replacePattern } from './glob-pattern.ts';

const unknown: Variable = [[wild.text]];
/** Unknown, and not empty: what `${x:?}` lets through. */
const notEmpty = wild.name + wild.text;

/** What `$name` stands for. What nobody set here may be set outside: it is unknown, not empty. */
export function parameterOf(name: string, { state }: Shell): Expansion {
  if (name === '@' || name === '*') return { whole: name === '*', values: state.positional };
  if (/^[1-9]\d*$/.test(name))
    return {
      whole: true,
      values: state.positional.map((words) => [
        words[Number(name) - 1] ?? (isUnknownTail(words) ? wild.text : ''),
      ]),
    };
  if (name === '#') return { whole: true, values: state.positional.map((words) => [String(words.length)]) };
  if (name === 'PWD') return { whole: true, values: state.cwds.map((cwd) => [cwd]) };
  if (name === 'OLDPWD') return { whole: true, values: state.previousCwds.map((cwd) => [cwd]) };
  if (name === '0') return { whole: true, values: state.variables.get('0') ?? [['bash']] };
  if (name === '$' || name === '!' || name === '?' || name === '-')
    return { whole: true, values: [[wild.name]] };
  const values = state.variables.get(name) ?? unknown;
  return { whole: true, values: values.map((elements) => [elements[0] ?? '']) };
}

const isUnknownTail = (words: readonly string[]): boolean => isOpen(words.at(-1) ?? '');

/** What `${…}` stands for, with its operator. */
export function expandParameter(part: ParameterExpansionPart, shell: Shell): Expansion {
  if (part.index) expandArithmeticText(part.index.text, shell);
  const base = part.prefix === '!' ? indirect(part, shell) : baseOf(part, shell);
  if (part.prefix === '#')
    return { whole: true, values: base.values.map((elements) => [lengthOf(part, elements)]) };
  return part.operation ? operate(part.operation, { base, part, shell }) : base;
}

function baseOf(part: ParameterExpansionPart, shell: Shell): Expansion {
  const index = part.index?.text;
  if (index === undefined) return parameterOf(part.parameter, shell);
  const values = shell.state.variables.get(part.parameter) ?? unknown;
  if (index === '@' || index === '*') return { whole: index === '*', values };
  const position = expandArithmeticText(index, shell);
  if (/^-?\d+$/.test(position))
    return { whole: true, values: values.map((elements) => [elements.at(Number(position)) ?? '']) };
  // By a name: any of the elements.
  const any = values.flatMap((elements) => elements.map((element) => [element]));
  return { whole: true, values: any.length > 0 ? any : [['']] };
}

function indirect(part: ParameterExpansionPart, shell: Shell): Expansion {
  if (part.operation?.type === 'Names' || part.index) return { whole: false, values: unknown };
  const names = parameterOf(part.parameter, shell).values.map((elements) => elements[0] ?? '');
  return {
    whole: true,
    values: names.flatMap((name) =>
      isKnown(name) ? parameterOf(name.replace(/\[.*$/, ''), shell).values : unknown,
    ),
  };
}

function lengthOf(part: ParameterExpansionPart, elements: readonly string[]): string {
  const counts =
    part.index?.text === '@' || part.index?.text === '*' || part.parameter === '@' || part.parameter === '*';
  if (counts) return String(elements.length);
  return elements.every(isKnown) ? String([...(elements[0] ?? '')].length) : wild.name;
}

type Operand = { base: Expansion; part: ParameterExpansionPart; shell: Shell };

function operate(operation: ParameterOperation, { base, part, shell }: Operand): Expansion {
  const each = (change: (text: string) => readonly string[]): Expansion => ({
    whole: base.whole,
    values: base.values.flatMap((elements): Variable => {
      if (elements.length === 1) return oneOf(change(elements[0] ?? '')).map((text) => [text]);
      return [elements.map((element) => change(element)[0] ?? '')];
    }),
  });
  switch (operation.type) {
    case 'Default':
      return whole(withDefault(operation.operator, { base, part, shell, operand: operation.operand }));
    case 'Remove': {
      const patterns = expandPattern(operation.operand, shell);
      return each((text) => patterns.flatMap((pattern) => removePattern(text, pattern, operation.operator)));
    }
    case 'Replace': {
      // The parser cuts a pattern at a slash within a substitution: what is substituted is judged by itself.
      runPrompt(part.text.slice(part.text.indexOf('/') + 1, -1), shell);
      const patterns = expandPattern(operation.pattern, shell);
      const replacements = expandText(operation.replacement, shell);
      return each((text) =>
        patterns.flatMap((pattern) =>
          replacements.flatMap((by) => replacePattern(text, pattern, { by, operator: operation.operator })),
        ),
      );
    }
    case 'Slice':
      return slice(base, { from: operation.offset, length: operation.length, shell });
    case 'CaseModification':
      expandPattern(operation.operand, shell);
      return each((text) => (isKnown(text) ? [changeCase(text, operation.operator)] : [text]));
    case 'Transform': {
      const kind = expandText(operation.operand, shell)[0] ?? '';
      // `${x@P}` expands the value as a prompt, commands and all.
      if (kind === 'P') for (const [text = ''] of base.values) runPrompt(text, shell);
      return each((text) =>
        kind === 'U' ? [text.toUpperCase()] : kind === 'L' ? [text.toLowerCase()] : [text, wild.text],
      );
    }
    default:
      shell.report.add({
        decision: 'ask',
        rule: 'C1',
        reason: 'the command uses an expansion that is not understood',
      });
      return { whole: true, values: unknown };
  }
}

/** Runs what a prompt text substitutes. */
export function runPrompt(text: string, shell: Shell): void {
  if (/[`$]|[\uE002\uE003]/.test(text))
    shell.engine.runText(`: "${text.replaceAll('"', '\\"')}"`, shell, { stdin: noData, network: false });
}

const whole = (values: Variable): Expansion => ({ whole: true, values });

type Default = Operand & { operand: Word };

function withDefault(operator: string, { base, part, shell, operand }: Default): Variable {
  const texts = base.values.map((elements) => elements.join(' '));
  const set = texts.filter((text) => text !== '');
  const mayBeUnset = set.length < texts.length || set.some(isOpen);
  if (operator.endsWith('?') && mayBeUnset) expandText(operand, shell);
  if (operator.endsWith('?'))
    return set.map((text) => [isOpen(text) ? text.replaceAll(wild.text, notEmpty) : text]);
  if (operator.endsWith('+'))
    return [...(set.length > 0 ? expandText(operand, shell) : []), ...(mayBeUnset ? [''] : [])].map(
      (text) => [text],
    );
  const fallback = mayBeUnset ? expandText(operand, shell) : [];
  const open = set.map((text) => (isOpen(text) ? text.replaceAll(wild.text, notEmpty) : text));
  const values: Variable = [...open, ...fallback].map((text) => [text]);
  if (operator.endsWith('=')) shell.state.variables.set(part.parameter, values);
  return values;
}

function slice(
  base: Expansion,
  { from, length, shell }: { from: Word; length: Word | undefined; shell: Shell },
): Expansion {
  const start = Number(expandArithmeticText(from.text.trim().replace(/^\((.*)\)$/, '$1'), shell));
  const count = length ? Number(expandArithmeticText(length.text, shell)) : Number.POSITIVE_INFINITY;
  if (!Number.isInteger(start) || Number.isNaN(count))
    return { whole: base.whole, values: [...unknown, ...base.values] };
  if (!base.whole) {
    const at = start > 0 ? start - 1 : 0;
    return { whole: false, values: base.values.map((elements) => elements.slice(at, at + count)) };
  }
  return whole(
    base.values.map(([text = '']) => {
      if (!isKnown(text)) return unknownData;
      const at = start < 0 ? Math.max(0, text.length + start) : start;
      return [text.slice(at, count < 0 ? text.length + count : at + count)];
    }),
  );
}

function changeCase(text: string, operator: string): string {
  const upper = operator.startsWith('^');
  if (operator.length === 2) return upper ? text.toUpperCase() : text.toLowerCase();
  const first = text.slice(0, 1);
  return (upper ? first.toUpperCase() : first.toLowerCase()) + text.slice(1);
}
