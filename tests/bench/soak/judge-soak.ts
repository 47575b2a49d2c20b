import type { Minute } from './minute.ts';
import type { Soak } from './run-soak.ts';
import { type Trend, trendOf } from './trend.ts';

/** What must not grow with the time that a gateway runs. */
export const grown = {
  resident: 'resident memory',
  anonymous: 'of it in no file',
  heap: 'objects of JavaScript',
} as const satisfies Partial<Record<keyof Minute, string>>;
export type GrownName = keyof typeof grown;

/** By how much it grows in an hour, MiB. */
export type Growth = { name: GrownName; perHour: Trend; verdict: 'flat' | 'grows' | 'open' };

/** A shorter soak says nothing of an hour. */
export const fewestMinutes = 30;
/** By so much of what it was a memory may grow in an hour and is called flat. */
export const tolerance = 0.05;

/** Looks at the second half: in the first one caches fill, and what is compiled and pooled is made. */
export function judgeGrowth({ minutes }: Pick<Soak, 'minutes'>): Growth[] {
  const half = minutes.slice(Math.floor(minutes.length / 2));
  return (Object.keys(grown) as GrownName[]).map((name) => {
    const perHour = trendOf(half.map((each) => ({ at: each.minute / 60, value: each[name] })));
    const allowed = (half[0]?.[name] ?? 0) * tolerance;
    const isKnown = minutes.length >= fewestMinutes;
    const verdict = isKnown && perHour.most <= allowed ? 'flat' : 'open';
    return { name, perHour, verdict: isKnown && perHour.least > allowed ? 'grows' : verdict };
  });
}
