import type { Decision, Judge, Policy, PolicyContext, Verdict } from './policy.ts';

export type JudgeOptions = {
  policy: Policy;
  /** What is the gateway's own, as it is now: a port may be known only once it is open. */
  places: () => Omit<PolicyContext, 'workDir'>;
  /** Monotonic clock, milliseconds. */
  now: () => number;
};

/** A judgement that takes longer is a question (P7); what it found to be refused stays refused (C5). */
const patience = 250;
const order: readonly Decision[] = ['allow', 'ask', 'deny'];

/** One verdict on all that a tool call would do: the strictest, with the targets of them all. */
export function createJudge({ policy, places, now }: JudgeOptions): Judge {
  return (calls, workDir) => {
    const since = now();
    try {
      const context = { workDir, ...places() };
      const [first, ...more] = calls.map((call) => policy.decide(call, context));
      if (!first) return ask('the agent does not say what this call would do');
      const verdict = more.reduce(stricter, first);
      if (verdict.decision !== 'allow' || now() - since <= patience) return verdict;
      return { ...verdict, ...ask('judging this call took too long') };
    } catch {
      return ask('the call could not be judged');
    }
  };
}

const ask = (reason: string): Verdict => ({ decision: 'ask', rule: 'P7', reason });

/** The first one where both are as strict. */
function stricter(a: Verdict, b: Verdict): Verdict {
  const verdict = order.indexOf(b.decision) > order.indexOf(a.decision) ? b : a;
  const targets = [...new Set([...(a.targets ?? []), ...(b.targets ?? [])])];
  return { ...verdict, ...(targets.length > 0 && { targets }) };
}
