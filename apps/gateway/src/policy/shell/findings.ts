import type { Decision, Verdict } from '../policy.ts';

const strictness: Record<Decision, number> = { allow: 0, ask: 1, deny: 2 };

/** One thing that speaks against a command. */
export type Finding = { decision: 'ask' | 'deny'; rule: string; reason: string };

/** Where the parts of a judgement say what they found. */
export interface Report {
  add(finding: Finding, target?: string): void;
  /** Names something that the command would touch, whatever is thought of it (P4). */
  touch(target: string): void;
  /** Nothing can make the verdict any stricter. */
  readonly settled: boolean;
  /** Throws OutOfTime when the judgement has taken too long (P7). */
  tick(): void;
}

/** The judgement took longer than it may; what was found stands. */
export class OutOfTime extends Error {
  constructor() {
    super('the command takes too long to judge');
  }
}

/** The strictest finding of a judgement: a later one never lowers it (C5). */
export class Findings implements Report {
  #worst: Finding | undefined;
  readonly #targets = new Set<string>();
  readonly #now: () => number;
  readonly #deadline: number;

  /** `deadline` is on the clock of `now`, milliseconds. */
  constructor(now: () => number, deadline: number) {
    this.#now = now;
    this.#deadline = deadline;
  }

  get settled(): boolean {
    return this.#worst?.decision === 'deny';
  }

  add(finding: Finding, target?: string): void {
    if (target !== undefined) this.touch(target);
    if (!this.#worst || strictness[finding.decision] > strictness[this.#worst.decision])
      this.#worst = finding;
  }

  touch(target: string): void {
    if (this.#targets.size < 32) this.#targets.add(target);
  }

  tick(): void {
    if (this.#now() > this.#deadline) throw new OutOfTime();
  }

  /** What to answer, with everything that would be touched. */
  verdict(): Verdict {
    const worst = this.#worst ?? { decision: 'allow', rule: 'none', reason: 'nothing speaks against it' };
    return this.#targets.size > 0 ? { ...worst, targets: [...this.#targets] } : worst;
  }
}

/** A report for what happens where it hurts less, like inside a container: nothing in it is more than a question. */
export const atMostAsk = (report: Report): Report => ({
  add: (finding, target) => report.add({ ...finding, decision: 'ask' }, target),
  touch: (target) => report.touch(target),
  tick: () => report.tick(),
  get settled() {
    return report.settled;
  },
});
