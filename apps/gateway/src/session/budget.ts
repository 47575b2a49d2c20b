import type { LoggedEvent } from '@hotplex/aep-protocol';
import type { WorkerEvent } from '../worker/worker.ts';
import { errorEvent } from './exit-error.ts';
import type { QuotaLimits } from './quota-wait.ts';
import type { SpendingLimits } from './spending.ts';

/** How much may be used; 0 for as much as there is. */
export type BudgetLimits = SpendingLimits & {
  /** Tool calls of one turn. */
  turnToolCalls: number;
  /** What an agent and its tools put out in one turn, in characters. */
  turnOutput: number;
  quota: QuotaLimits;
};

/** Counts what the turn in progress uses, and says once that it is too much (requirement Q2). */
export class TurnBudget {
  readonly #limits: BudgetLimits;
  #turnId: string | null = null;
  #toolCalls = 0;
  #output = 0;
  #isSpent = false;

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
  }

  /** Takes what the agent said in this turn; an error if that is more than a turn may use. */
  take(turnId: string | null, events: readonly WorkerEvent[]): LoggedEvent | undefined {
    if (turnId !== this.#turnId) {
      this.#turnId = turnId;
      this.#toolCalls = 0;
      this.#output = 0;
      this.#isSpent = false;
    }
    if (turnId === null || this.#isSpent) return undefined;
    for (const event of events) {
      if (event.type === 'tool_call') this.#toolCalls += 1;
      this.#output += lengthOf(event);
    }
    const exceeded = this.#exceeded();
    this.#isSpent = exceeded !== undefined;
    return exceeded;
  }

  #exceeded(): LoggedEvent | undefined {
    const { turnToolCalls, turnOutput } = this.#limits;
    if (turnToolCalls > 0 && this.#toolCalls > turnToolCalls)
      return tooMuch(`used more than ${turnToolCalls} tools`, 'tool_calls', 'session.max_tool_calls');
    if (turnOutput > 0 && this.#output > turnOutput)
      return tooMuch(`put out more than ${turnOutput} characters`, 'output', 'session.max_output');
    return undefined;
  }
}

function lengthOf(event: WorkerEvent): number {
  switch (event.type) {
    case 'message.delta':
    case 'reasoning':
    case 'message':
      return event.data.content.length;
    case 'tool_update':
      return event.data.output_delta?.length ?? 0;
    case 'tool_result':
      return typeof event.data.output === 'string' ? event.data.output.length : 0;
    default:
      return 0;
  }
}

function tooMuch(what: string, limit: string, setting: string): LoggedEvent {
  const message = `the turn ${what} and was ended; send the next prompt to go on`;
  return errorEvent('BUDGET_EXCEEDED', message, { limit, setting });
}
