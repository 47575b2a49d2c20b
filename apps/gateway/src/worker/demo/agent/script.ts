import type { Turn } from './turn.ts';

/** What the agent does when asked for it. `rest` is the prompt after the keyword. */
export type Script = {
  readonly keyword: string;
  /** What a person sees of it, in a few words. */
  readonly shows: string;
  /** How to ask for it, where the keyword alone is not enough. */
  readonly example?: string;
  readonly play: (turn: Turn, rest: string) => Promise<void>;
};
