import type { Language } from '../texts/language.ts';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A length of time by its two largest units, in the words of the language: 3 days 4 hr, 12 sec. */
export function formatSpan(milliseconds: number, language: Language): string {
  const largest = units.findIndex(([, size]) => milliseconds >= size);
  const shown = units.slice(largest === -1 ? units.length - 1 : largest).slice(0, 2);
  let rest = Math.max(0, milliseconds);
  return shown
    .map(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      const said = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(
        count,
      );
      // As everywhere on the page, a space stands between a number and Chinese.
      return said.replace(/(\d)(\p{Script=Han})/u, '$1 $2');
    })
    .join(' ');
}
