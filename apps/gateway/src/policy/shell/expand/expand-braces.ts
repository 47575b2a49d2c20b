import type { BraceExpansionPart, LiteralPart, WordPart } from 'unbash';
import { wild } from '../../place/wildcard.ts';

const mostSteps = 64;

/** The words that one word with braces stands for, in order; bash does this before everything else. */
export function expandBraces(parts: readonly WordPart[]): readonly (readonly WordPart[])[] {
  if (!parts.some((part) => part.type === 'BraceExpansion')) return [parts];
  let words: readonly (readonly WordPart[])[] = [[]];
  for (const part of parts) {
    const choices = part.type === 'BraceExpansion' ? choicesOf(part) : [[part]];
    words = words.flatMap((before) => choices.map((choice) => [...before, ...choice]));
    if (words.length > 256)
      return [[...parts.filter((one) => one.type !== 'BraceExpansion'), literal(wild.text)]];
  }
  return words;
}

function choicesOf(part: BraceExpansionPart): readonly (readonly WordPart[])[] {
  // What is quoted or expanded stands as one character while the braces are cut.
  const opaque: WordPart[] = [];
  const inner = part.parts
    ? part.parts.map((one) =>
        one.type === 'Literal' ? one.text : String.fromCharCode(firstOpaque + opaque.push(one) - 1),
      )
    : [part.text.slice(1, -1)];
  const text = inner.join('');
  const steps = sequence(text);
  if (steps) return steps.map((step) => [literal(step)]);
  const words = splitAtCommas(text).flatMap((choice) => expandBraces(plainParts(choice)));
  return words.map((word) => word.flatMap((one) => restore(one, opaque)));
}

const firstOpaque = 0xf000;

function restore(part: WordPart, opaque: readonly WordPart[]): readonly WordPart[] {
  if (part.type !== 'Literal' || opaque.length === 0) return [part];
  return part.text
    .split(/([\uF000-\uF8FF])/)
    .flatMap((text, index) =>
      index % 2 === 0 ? [literal(text)] : [opaque[text.charCodeAt(0) - firstOpaque] ?? literal('')],
    );
}

/** Braces within braces, where nothing is quoted. */
function plainParts(text: string): readonly WordPart[] {
  const parts: WordPart[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') {
      if (depth++ === 0) {
        parts.push(literal(text.slice(from, at)));
        from = at;
      }
    } else if (text[at] === '}' && depth > 0 && --depth === 0) {
      parts.push({ type: 'BraceExpansion', text: text.slice(from, at + 1), pos: 0, end: 0 });
      from = at + 1;
    }
  }
  return [...parts, literal(text.slice(from))];
}

/** Cuts at the commas that are in no inner braces. */
function splitAtCommas(text: string): readonly string[] {
  const pieces: string[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}') depth--;
    else if (text[at] === ',' && depth === 0) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...pieces, text.slice(from)];
}

function sequence(text: string): readonly string[] | undefined {
  const found = /^(-?\d+|[a-zA-Z])\.\.(-?\d+|[a-zA-Z])(?:\.\.(-?\d+))?$/.exec(text);
  const [, from, to, by] = found ?? [];
  if (from === undefined || to === undefined) return undefined;
  const letters = /[a-zA-Z]/.test(from);
  const [start, end] = letters ? [from.charCodeAt(0), to.charCodeAt(0)] : [Number(from), Number(to)];
  const step = Math.max(1, Math.abs(Number(by ?? 1))) * (start <= end ? 1 : -1);
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  const count = Math.floor(Math.abs(end - start) / Math.abs(step)) + 1;
  if (count > mostSteps) return [letters ? wild.one : wild.name];
  return Array.from({ length: count }, (_, index) => {
    const value = start + index * step;
    return letters ? String.fromCharCode(value) : String(value).padStart(width, '0');
  });
}

const literal = (text: string): LiteralPart => ({
  type: 'Literal',
  text,
  value: text.replace(/\\(.)/gs, '$1'),
  pos: 0,
  end: 0,
});
