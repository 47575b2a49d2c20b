/** So far apart two marks of one formula may be, in characters; keeps the search linear. */
const longest = 2_000;

const fencedCode =
  '^ {0,3}(?<fence>`{3,}|~{3,})[^\\n]*(?:\\n[\\s\\S]*?^ {0,3}\\k<fence>[`~]*[ \\t]*$|[\\s\\S]*)';
const inlineCode = '(?<ticks>(?<!`)`+(?!`))(?:(?!\\n\\n)[\\s\\S])*?(?<!`)\\k<ticks>(?!`)';
const dollars = `\\$\\$[\\s\\S]{1,${longest}}?\\$\\$`;
const brackets = `^(?<indent>[ \\t]*)\\\\\\[(?<block>[\\s\\S]{1,${longest}}?)\\\\\\][ \\t]*$`;
const parentheses = `\\\\\\((?<inline>[^\\n]{1,${longest}}?)\\\\\\)`;
// Pandoc's rule for one dollar, and stricter: of what stands in a shell or a price nothing is a formula.
const oneDollar = `(?<![\\w$])\\$(?=[^\\s$])(?<single>[^\\n$]{0,${longest}}?[^\\s$])\\$(?![\\w$({])`;
const escaped = '\\\\[^([]';

const passage = new RegExp(
  [fencedCode, inlineCode, dollars, brackets, parentheses, escaped, oneDollar].join('|'),
  'gm',
);

/**
 * The formulas of a text between double dollars, the one way in which the renderer reads them: agents also write
 * `\(…\)`, `\[…\]` and `$…$`. Code and escaped characters stay as they are.
 */
export function withDollarMath(text: string): string {
  if (!/\$|\\[([]/.test(text)) return text;
  return text.replaceAll(passage, (whole: string, ...rest: unknown[]) => {
    const { block, indent = '', inline, single } = rest.at(-1) as Partial<Record<string, string>>;
    if (block !== undefined) return displayed(block, indent);
    const formula = inline ?? single;
    return formula === undefined ? whole : `$$${formula.trim()}$$`;
  });
}

/** Whether a text that `withDollarMath` has returned may have formulas. */
export function hasMath(text: string): boolean {
  return text.includes('$$');
}

function displayed(formula: string, indent: string): string {
  const lines = formula.trim().split('\n');
  return ['$$', ...lines.map((line) => line.trim()), '$$'].map((line) => indent + line).join('\n');
}
