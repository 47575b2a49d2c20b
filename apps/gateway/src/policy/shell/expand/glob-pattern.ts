import { isKnown, wild } from '../../place/wildcard.ts';

/** A pattern of bash as a regular expression; undefined where more is open than its wildcards. */
function compile(pattern: string, greedy: boolean): string | undefined {
  const open = pattern.replaceAll(wild.run, '').replaceAll(wild.one, '');
  if (!isKnown(open)) return undefined;
  return pattern
    .replace(/[\\^$.|?*+()[\]{}/]/g, '\\$&')
    .replaceAll(wild.run, greedy ? '[^]*' : '[^]*?')
    .replaceAll(wild.one, '[^]');
}

/** Matching takes the length of the text to the power of its wildcards: past a bound the result is unknown. */
const isCostly = (text: string, pattern: string): boolean =>
  text.length ** Math.max(1, pattern.split(wild.run).length - 1) > 1_000_000;

/** `${x#…}` and its sisters. A bracket is known only roughly: then the result may be anything as well. */
export function removePattern(
  text: string,
  pattern: string,
  operator: '#' | '##' | '%' | '%%',
): readonly string[] {
  const source = compile(pattern, operator.length === 2);
  if (source === undefined || !isKnown(text) || isCostly(text, pattern)) return [text, wild.text];
  const result = operator.startsWith('#')
    ? text.replace(new RegExp(`^${source}`), '')
    : removeSuffix(text, source, operator === '%%');
  return pattern.includes(wild.one) ? [result, wild.text] : [result];
}

function removeSuffix(text: string, source: string, longest: boolean): string {
  const whole = new RegExp(`^${source}$`);
  const starts = Array.from({ length: text.length + 1 }, (_, at) => (longest ? at : text.length - at));
  const start = starts.slice(0, 4096).find((at) => whole.test(text.slice(at)));
  return start === undefined ? text : text.slice(0, start);
}

/** `${x/…/…}`, once or everywhere, at the start or the end. */
export function replacePattern(
  text: string,
  pattern: string,
  { by, operator }: { by: string; operator: '/' | '//' | '/#' | '/%' },
): readonly string[] {
  const source = compile(pattern, true);
  if (source === undefined || !isKnown(text) || isCostly(text, pattern)) return [text, wild.text];
  if (source === '' && (operator === '/' || operator === '//')) return [text];
  const anchored = operator === '/#' ? `^${source}` : operator === '/%' ? `${source}$` : source;
  const result = text.replace(new RegExp(anchored, operator === '//' ? 'g' : ''), () => by);
  return pattern.includes(wild.one) ? [result, wild.text] : [result];
}
