/** What the policy said of one tool call, without the call itself. */
export type PolicyDecision = {
  /** Unix milliseconds. */
  time: number;
  sessionId: string;
  ownerId: string;
  workerType: string;
  /** As the agent calls it. */
  tool: string;
  decision: 'allow' | 'ask' | 'deny';
  rule: string;
  /** One sentence for people. */
  reason: string;
};

export type PolicyDecisionFilter = Partial<
  Pick<PolicyDecision, 'sessionId' | 'ownerId' | 'decision' | 'rule'>
>;

/** The last decisions, for operators. */
export interface PolicyDecisions {
  /** Newest first. */
  find(filter: PolicyDecisionFilter): PolicyDecision[];
}
