import type { PolicyDecision, PolicyDecisionFilter, PolicyDecisions } from './ground/policy-decision.ts';

/** How many are at hand for operators. */
const kept = 1_000;

/** The last decisions of the policy. They live as long as the process: what a person or the policy answered is in the audit log. */
export class PolicyDecisionRing implements PolicyDecisions {
  readonly #size: number;
  readonly #decisions: PolicyDecision[] = [];

  constructor(size = kept) {
    this.#size = size;
  }

  add(decision: PolicyDecision): void {
    this.#decisions.push(decision);
    if (this.#decisions.length > this.#size) this.#decisions.shift();
  }

  find({ sessionId, ownerId, decision, rule }: PolicyDecisionFilter): PolicyDecision[] {
    return this.#decisions
      .filter(
        (each) =>
          (sessionId === undefined || each.sessionId === sessionId) &&
          (ownerId === undefined || each.ownerId === ownerId) &&
          (decision === undefined || each.decision === decision) &&
          (rule === undefined || each.rule === rule),
      )
      .toReversed();
  }
}
