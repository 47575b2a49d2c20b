import type { Rig } from '../rig.ts';
import type { Subject } from '../subjects/subject.ts';

/** Measured values by name. */
export type Figures = Readonly<Record<string, number>>;

/** One measurement: what one subject did in one repetition of a case. */
export type Run = { case: string; subject: Subject['name']; figures: Figures };

export type Bench = {
  rig: Rig;
  repetitions: number;
  /** Only to see that everything works: little of everything. */
  quick: boolean;
};

/** A figure as readers are told of it. */
export type Column = { figure: string; title: string; digits: number };

/** How good the gateway has to be in a case: its median, or that by another subject's, is at most or at least this. */
export type Bar = {
  says: string;
  case: string;
  figure: string;
  by?: Subject['name'];
  atMost?: number;
  atLeast?: number;
};

/** Something that a gateway has to be good at, in one or several sizes. */
export type Scenario = {
  name: string;
  title: string;
  /** What is done and measured, in sentences for a reader. */
  about: string;
  columns: readonly Column[];
  bars: readonly Bar[];
  /** Figures that are drawn. */
  drawn?: readonly Column[];
  /** It is left out where little is wanted, unless it is asked for by its name. */
  isLong?: boolean;
  measure(bench: Bench): AsyncIterable<Run>;
};
