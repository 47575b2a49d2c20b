import { median } from '../statistics.ts';

/** A value at a time; of both the unit is the caller's. */
export type Point = { at: number; value: number };

/** By how much values change with the time, and between what that lies, 95 times of a hundred. */
export type Trend = { slope: number; least: number; most: number };

/** Of the normal distribution, 95 % on both sides. */
const z = 1.96;

/**
 * The median of the slopes of all pairs (Theil 1950), with Sen's interval (1968): one minute that was like no other hardly moves
 * it. The interval takes points for independent of each other; it is too narrow for a curve that goes up and comes down slowly.
 */
export function trendOf(points: readonly Point[]): Trend {
  const slopes = points
    .flatMap(({ at, value }, index) =>
      points.slice(index + 1).map((other) => (other.value - value) / (other.at - at)),
    )
    .sort((a, b) => a - b);
  const { length: count } = points;
  const far = z * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const at = (index: number) => slopes[Math.min(Math.max(index, 0), slopes.length - 1)] ?? Number.NaN;
  return {
    slope: median(slopes),
    least: at(Math.floor((slopes.length - far) / 2)),
    most: at(Math.ceil((slopes.length + far) / 2)),
  };
}
