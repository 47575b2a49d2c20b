/** How an agent is kept from the rest of the machine, from weakest to strongest. */
export const isolationLevels = ['none', 'process', 'sandbox', 'container'] as const;

export type IsolationLevel = (typeof isolationLevels)[number];

/**
 * Why a session may not choose a level: the operator asks for more, the agent cannot do with it, the operator has not set
 * it up, or it was tried and does not work on the gateway's machine.
 */
export const isolationProblems = ['weaker', 'unfit', 'not_set_up', 'not_working'] as const;

export type IsolationProblem = (typeof isolationProblems)[number];
