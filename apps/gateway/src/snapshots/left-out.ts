import { z } from 'zod';

/** Why something in the work dir is not covered. `ignored`: by a `.gitignore`; `link`, `special`: no plain file. */
export const leftOutReason = z.enum([
  'ignored',
  'link',
  'special',
  'too_large',
  'full',
  'secret',
  'unreadable',
]);
type Reason = z.infer<typeof leftOutReason>;

export type LeftOut = { reason: Reason; count: number; examples: string[] };

const mostExamples = 5;

/** Counts what a look at a work dir left out, with a few names for each reason. */
export class LeftOutCount {
  readonly #found = new Map<Reason, LeftOut>();

  add(reason: Reason, path: string): void {
    const found = this.#found.get(reason) ?? { reason, count: 0, examples: [] };
    found.count += 1;
    if (found.examples.length < mostExamples) found.examples.push(path);
    this.#found.set(reason, found);
  }

  get all(): LeftOut[] {
    return [...this.#found.values()];
  }
}
