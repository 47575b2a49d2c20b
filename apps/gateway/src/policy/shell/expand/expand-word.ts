import type { Word, WordPart } from 'unbash';
import { wild } from '../../place/wildcard.ts';
import { type Data, inOrder, noData, oneOf, type Shell, wordsInOrder } from '../shell.ts';
import { expandArithmetic } from './expand-arithmetic.ts';
import { expandBraces } from './expand-braces.ts';
import { expandParameter, parameterOf } from './expand-parameter.ts';
import { expandProcess, outputOf } from './expand-substitution.ts';
import { finishFields, finishText, joinFields, quoted, splitFields } from './split-fields.ts';

/** How a part stands: `fields` is cut and globbed, `text` is one text, `pattern` keeps globs and is one text. */
type Mode = 'fields' | 'text' | 'pattern' | 'quoted';
/** A list of fields for each way it may have come about. */
type Ways = readonly (readonly string[])[];

const emptyField: readonly string[] = [''];

/** The argument list of some words, in each way it may come out (C2). Runs what they substitute. */
export function expandWords(words: readonly Word[], shell: Shell): Ways {
  const lists = words.map((word) => expandFields(word, shell));
  return wordsInOrder(lists, shell.report);
}

/** The fields of one word. */
export function expandFields(word: Word, shell: Shell): Ways {
  const braced = expandBraces(partsOf(word)).map((parts) =>
    expandParts(parts, 'fields', shell).map(finishFields),
  );
  return wordsInOrder(braced, shell.report);
}

/** One word as one text, as an assignment or a here-string takes it. */
export function expandText(word: Word | undefined, shell: Shell): Data {
  return word ? oneOf(expandParts(partsOf(word), 'text', shell).map(finishText)) : noData;
}

/** One word as a pattern, with its wildcards in. */
export function expandPattern(word: Word | undefined, shell: Shell): Data {
  return word ? oneOf(expandParts(partsOf(word), 'pattern', shell).map(finishText)) : noData;
}

/** Parts as bash expands them between double quotes, as in a here-document. */
export function expandQuoted(parts: readonly WordPart[], shell: Shell): Data {
  return oneOf(expandParts(parts, 'quoted', shell).map(finishText));
}

function expandParts(parts: readonly WordPart[], mode: Mode, shell: Shell): Ways {
  const pieces = parts.map((part, index) =>
    expandPart(index === 0 ? withTilde(part, shell) : part, mode, shell),
  );
  return inOrder<readonly string[]>(pieces, joinFields, { empty: emptyField, report: shell.report });
}

function expandPart(part: WordPart, mode: Mode, shell: Shell): Ways {
  switch (part.type) {
    case 'Literal':
      return [[part.value]];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [[mode === 'quoted' ? part.text : quoted + part.value]];
    case 'DoubleQuoted':
    case 'LocaleString':
      return expandDoubleQuoted(part.parts, shell);
    case 'Glob':
      if (mode === 'text' || mode === 'quoted') return [[part.text]];
      if (part.kind === 'star')
        return shell.state.reachesDotFiles ? [[wild.run], [`.${wild.run}`]] : [[wild.run]];
      // An address like [::1] reads as a glob, and stays what it is where no file fits.
      return /^\[[\da-f:.]*:[\da-f:.]*\]$/i.test(part.text) ? [[part.text], [wild.one]] : [[wild.one]];
    case 'ExtendedGlob':
      return [[mode === 'text' || mode === 'quoted' ? part.text : wild.run]];
    case 'BraceExpansion':
      return [[part.text]];
    case 'SimpleExpansion':
      return cut(parameterOf(part.text.slice(1), shell), mode, shell);
    case 'ParameterExpansion':
      return cut(expandParameter(part, shell), mode, shell);
    case 'CommandExpansion':
      return cut({ whole: true, values: outputOf(part.script, shell).map((text) => [text]) }, mode, shell);
    case 'ArithmeticExpansion':
      return [[expandArithmetic(part.expression, shell)]];
    case 'ProcessSubstitution':
      return [[expandProcess(part, shell)]];
  }
}

function expandDoubleQuoted(parts: readonly WordPart[], shell: Shell): Ways {
  const pieces = parts.map((part) => expandPart(part, 'quoted', shell));
  const ways = inOrder<readonly string[]>(pieces, joinFields, { empty: emptyField, report: shell.report });
  // `"$@"` without arguments is no field at all, every other quoted text is one.
  const vanishes = parts.length === 1 && /^\$(?:@|\{@\}|\{\w+\[@\]\})$/.test(parts[0]?.text ?? '');
  return ways.map((fields) =>
    vanishes && fields.length === 1 && fields[0] === '' ? fields : fields.map((field) => quoted + field),
  );
}

/** What an expansion stands for, before it is cut: elements that stay apart even between quotes, or a whole. */
export type Expansion = { whole: boolean; values: Ways };

function cut({ whole, values }: Expansion, mode: Mode, shell: Shell): Ways {
  if (mode === 'quoted') return whole ? values.map((value) => [value.join(' ')]) : values.map(atLeastOne);
  if (mode !== 'fields') return values.map((value) => [value.join(' ')]);
  const separators = shell.state.variables.get('IFS')?.[0]?.[0] ?? ' \t\n';
  return values.map((value) => {
    const pieces = value.map((text) => splitFields(text, separators));
    return atLeastOne(pieces.flat());
  });
}

const atLeastOne = (fields: readonly string[]): readonly string[] =>
  fields.length === 0 ? emptyField : fields;

function partsOf(word: Word): readonly WordPart[] {
  if (word.parts) return word.parts;
  return [{ type: 'Literal', text: word.text, value: word.value, pos: word.pos, end: word.end }];
}

function withTilde(part: WordPart, { state, context }: Shell): WordPart {
  if (part.type !== 'Literal') return part;
  // Also in words that look like an assignment: `dd of=~/x`.
  const [, before = '', prefix] = /^([A-Za-z_]\w*=)?(~[\w+.-]*)(?=\/|$|:)/.exec(part.text) ?? [];
  if (prefix === undefined) return part;
  const user = prefix.slice(1);
  const own = state.variables.get('HOME')?.at(-1)?.[0] ?? context.home;
  const homes: Record<string, string | undefined> = {
    '': own,
    '+': state.cwds[0],
    '-': state.previousCwds[0],
    root: '/root',
    [context.home.split('/').at(-1) ?? '']: context.home,
  };
  return {
    ...part,
    value: before + (homes[user] ?? `/home/${user}`) + part.value.slice(before.length + prefix.length),
  };
}
