import type { BudgetLimits } from '../../src/session/budget.ts';

/** Sessions that may use what they like. */
export const noBudget: BudgetLimits = { turnToolCalls: 0, turnOutput: 0, sessionCostUsd: 0 };
