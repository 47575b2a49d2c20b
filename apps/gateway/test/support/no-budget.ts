import type { BudgetLimits } from '../../src/session/budget.ts';

/** Sessions that may use what they like. */
export const noBudget: BudgetLimits = {
  ...{ turnToolCalls: 0, turnOutput: 0, sessionCostUsd: 0, sessionTokens: 0, sessionWorkMs: 0 },
  ...{ userDayCostUsd: 0, userDayTokens: 0, userDayWorkMs: 0 },
  quota: { maxWaitMs: 0, prompt: 'Continue.' },
};
