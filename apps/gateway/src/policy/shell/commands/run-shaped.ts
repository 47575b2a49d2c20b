import { isForeign, wild } from '../../place/wildcard.ts';
import { type Call, type Data, foreignData, noData, oneOf, unknownData } from '../shell.ts';
import { type Touch, touchPath } from '../touch-path.ts';
import { readFile } from '../walk/apply-redirects.ts';
import { checkAddress, isUrl } from './check-address.ts';
import { shapes } from './command-shapes.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { type Options, parseOptions } from './parse-options.ts';

/** What a word of a command is to it. `text` is never a path; `loose` may be one; `program` is a command. */
export type Role = Touch | 'text' | 'loose' | 'program';

/** What is known of a command: what its operands and options name, and what it prints. */
export type Shape = {
  /** The last one stands for all that follow. */
  operands: readonly Role[];
  options: ReadonlyMap<string, Role>;
  /** `same` passes on what it reads, `list` prints names, `none` nothing, `decoded` what was hidden, `matches` lines or names. */
  prints: 'same' | 'matches' | 'list' | 'none' | 'unknown' | 'decoded' | 'name';
};

export const shapeOf = (name: string): Shape | undefined => shapes.get(name);

/** Judges a command by its shape; returns what it prints. */
export function runShaped(shape: Shape, call: Call): Data {
  const options = parseOptions(call.args, { valued: new Set(shape.options.keys()) });
  judgeOptions(shape, options, call);
  judgeOperands(shape, options, call);
  return outputOf(shape, options, call);
}

/** The values of options by their roles; those that nobody lists are looked at as paths (C6). */
export function judgeOptions(shape: Shape, { options }: Options, { shell }: Call): void {
  const readOnly = shape.operands.every(
    (role) => role === 'read' || role === 'list' || role === 'text' || role === 'tree',
  );
  for (const { name, value } of options) {
    if (value === undefined) continue;
    const role = shape.options.get(name) ?? shortened(shape, name) ?? 'loose';
    judgeRole(role, value.replace(/^@(?=[/~.])/, ''), { shell, readOnly });
  }
}

function judgeOperands(shape: Shape, options: Options, { shell }: Call): void {
  // Where the pattern is given by an option, every operand is a file.
  const shift =
    shape.operands[0] === 'text' &&
    shape.operands.length > 1 &&
    options.has('-e', '-f', '--regexp', '--file', '--files')
      ? 1
      : 0;
  for (const [index, operand] of options.operands.entries()) {
    const role = shape.operands[index + shift] ?? shape.operands.at(-1) ?? 'loose';
    const recursive = role === 'read' && options.has('-r', '-R', '--recursive', '--dereference-recursive');
    judgeRole(recursive ? 'tree' : role, operand, { shell, readOnly: role !== 'loose' });
  }
}

/** The role of a long option that is not spelled out. */
function shortened(shape: Shape, given: string): Role | undefined {
  if (!given.startsWith('--') || given.length < 4) return undefined;
  return [...shape.options].find(([name]) => name.startsWith(given))?.[1];
}

/** Judges one word of a command by what it is to it. */
export function judgeRole(
  role: Role,
  word: string,
  { shell, readOnly = false }: { shell: Call['shell']; readOnly?: boolean },
): void {
  if (role === 'text') return;
  if (role === 'program') {
    interpret([word], shell, { stdin: noData, network: false });
    shell.report.add({ decision: 'ask', rule: 'C6', reason: 'one of its options names a command' });
  } else if (role === 'loose') checkLooseWord(word, shell, { readOnly });
  else if (isUrl(word)) checkAddress(word, shell);
  else touchPath(role, word.replace(/^file:\/\/(?=\/)/, ''), shell);
}

function outputOf(shape: Shape, options: Options, { shell, streams }: Call): Data {
  switch (shape.prints) {
    case 'none':
      return noData;
    case 'name':
      return [wild.name];
    case 'list':
      return oneOf([wild.run, ...options.operands]);
    case 'decoded':
      return foreignData;
    case 'same': {
      const files = options.operands.slice(shape.operands.length - 1);
      return files.length === 0 ? streams.stdin : oneOf(contentOf(files, { shell, streams }));
    }
    case 'matches':
      // `grep -l`: names below what was searched.
      if (options.has('-l', '-L', '--files-with-matches', '--files-without-match', '--files')) {
        const searched = options.operands.slice(options.has('-e', '-f', '--files') ? 0 : 1);
        return searched.length === 0 ? [wild.name] : oneOf(searched.map((path) => `${path}/${wild.name}`));
      }
      return readsOf(options, { shell, streams });
    default:
      return readsOf(options, { shell, streams });
  }
}

/** Unknown, or fetched where something fetched goes in. */
function readsOf(options: Options, { shell, streams }: Pick<Call, 'shell' | 'streams'>): Data {
  const reads = [...streams.stdin, ...options.operands.flatMap((operand) => readFile(operand, shell) ?? [])];
  return reads.some(isForeign) || options.operands.some(isForeign) ? foreignData : unknownData;
}

/** The content of files one after another, as far as the same text wrote them. */
export function contentOf(
  files: readonly string[],
  { shell, streams }: Pick<Call, 'shell' | 'streams'>,
): Data {
  let texts: Data = noData;
  for (const file of files) {
    const content =
      file === '-' || file === '/dev/stdin' ? streams.stdin : (readFile(file, shell) ?? unknownData);
    texts = oneOf(texts.flatMap((before) => content.map((text) => before + text)));
  }
  return texts;
}
