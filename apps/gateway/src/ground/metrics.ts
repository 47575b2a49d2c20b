import type { CounterName, HistogramName, LabelsOf } from './metric-table.ts';

/** Where what happens is counted; handed in. What can be looked at whenever somebody asks is not counted but looked at. */
export interface Metrics {
  /** Adds one, or `by`. */
  count<N extends CounterName>(name: N, labels: LabelsOf<N>, by?: number): void;
  /** Notes a value, in the unit of the name. */
  observe<N extends HistogramName>(name: N, labels: LabelsOf<N>, value: number): void;
}

/** Counts nothing. */
export const noMetrics: Metrics = { count() {}, observe() {} };
