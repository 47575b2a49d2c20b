import type { Spread } from '../statistics.ts';

/** The median and, in brackets, the range; of one value that value. */
export function showSpread(
  { median, least, most }: Spread,
  { digits, isOne }: { digits: number; isOne: boolean },
): string {
  const show = (value: number) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return isOne ? show(median) : `**${show(median)}** (${show(least)}–${show(most)})`;
}
