import type { SessionTotals } from '@hotplex/aep-protocol';
import type { Ids } from '../ground/ids.ts';
import type { InteractionRecord, SessionStore } from '../store/store.ts';
import type { InteractionResponse } from '../worker/worker.ts';
import type { BudgetLimits } from './budget.ts';
import type { InteractionRequest } from './interactions.ts';
import type { Ledger } from './ledger.ts';

/** What a session may use before somebody is asked whether it goes on; 0 for as much as there is. */
export type SpendingLimits = {
  /** US dollars, as far as its agent says what turns cost. */
  sessionCostUsd: number;
  sessionTokens: number;
  /** How long its agent works, milliseconds. */
  sessionWorkMs: number;
};

type Measure = {
  limit(limits: SpendingLimits): number;
  /** Null where the agent does not say. */
  used(totals: SessionTotals): number | null;
  shown(amount: number): string;
};

const measures: Readonly<Record<string, Measure>> = {
  cost: {
    limit: ({ sessionCostUsd }) => sessionCostUsd,
    used: ({ cost_usd }) => cost_usd,
    shown: (usd) => `$${usd.toFixed(2)}`,
  },
  tokens: {
    limit: ({ sessionTokens }) => sessionTokens,
    used: ({ total_tokens }) => total_tokens,
    shown: (tokens) => `${tokens} tokens`,
  },
  time: {
    limit: ({ sessionWorkMs }) => sessionWorkMs,
    used: ({ duration_ms }) => duration_ms,
    shown: (ms) => `${Math.ceil(ms / 60_000)} min`,
  },
};

const goOn = 'Go on';
const stop = 'Stop';
/** Of the ids of our questions: `budget-MEASURE-USED-…`. */
const prefix = 'budget-';

type SpendingOptions = {
  store: Pick<SessionStore, 'resolvedInteractions' | 'openInteractions'>;
  ids: Ids;
  limits: BudgetLimits;
  ledger: Pick<Ledger, 'record'>;
};

/**
 * What a session has used of its budget. Between turns it is looked at: once it is used up, what waits goes to no agent
 * until somebody says that it may go on, which is good for as much again (requirement Q2). What was said is in the store,
 * so the next gateway knows it.
 */
export class Spending {
  readonly #options: SpendingOptions;

  constructor(options: SpendingOptions) {
    this.#options = options;
  }

  /** What somebody is asked already. */
  get asked(): InteractionRecord | undefined {
    const { store, ledger } = this.#options;
    return store.openInteractions(ledger.record.id).find(({ id }) => isBudgetQuestion(id));
  }

  /** What to ask before the session goes on; undefined if it may. */
  question(): InteractionRequest | undefined {
    const { limits, ids, ledger } = this.#options;
    for (const [name, { limit, used, shown }] of Object.entries(measures)) {
      const slice = limit(limits);
      const spent = used(ledger.record.totals);
      if (slice === 0 || spent === null || spent < slice + this.#granted(name)) continue;
      const question = `This session has used ${shown(spent)}, which is its budget. Go on with another ${shown(slice)}?`;
      const options = [
        { label: goOn, description: `${shown(spent)} + ${shown(slice)}` },
        { label: stop, description: 'What waits is taken back.' },
      ];
      return {
        type: 'question_request',
        data: {
          ...{ id: `${prefix}${name}-${spent.toFixed(6)}-${ids.uuid()}`, tool_name: 'budget' },
          questions: [{ question, header: name, options }],
        },
      };
    }
    return undefined;
  }

  /** How much had been used when somebody last said yes: that is settled, and the budget begins anew behind it. */
  #granted(name: string): number {
    const { store, ledger } = this.#options;
    const asked = (row: InteractionRecord) =>
      row.id.startsWith(`${prefix}${name}-`) && chose(row.answer, goOn);
    const granted = store.resolvedInteractions(ledger.record.id, null).filter(asked);
    return Math.max(0, ...granted.map(({ id }) => Number(id.split('-')[2])));
  }
}

/** Whether the gateway itself asked this, and no agent waits for the answer. */
export const isBudgetQuestion = (id: string): boolean => id.startsWith(prefix);

/** What of the budget was asked about. */
export const measureOf = (id: string): string => id.split('-')[1] ?? '';

/** Whether what waits is to be taken back. */
export const isStopped = (answer: InteractionResponse): boolean => chose(answer, stop);

function chose(answer: unknown, label: string): boolean {
  const { answers } = (answer ?? {}) as { answers?: Record<string, unknown> | null };
  return Object.values(answers ?? {})
    .flat()
    .includes(label);
}
