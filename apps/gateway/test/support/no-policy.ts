/** For sessions of tests that are not about the policy: nothing is known of any call, so each is asked about. */
export const noPolicy = {
  judge: () => ({ decision: 'ask', rule: 'P7', reason: 'nothing is known of it' }) as const,
  autoAllowSafe: () => false,
  noteDecision() {},
};
