import type { SessionTotals } from '@hotplex/aep-protocol';
import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { dayOf, type InteractionRecord, type SessionStore, type UsageLog } from '../store/store.ts';
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
  /** US dollars of all sessions of one user in one day. */
  userDayCostUsd: number;
  userDayTokens: number;
};

/** What somebody is asked, and how long he may take to answer, milliseconds. */
type BudgetQuestion = { request: InteractionRequest; timeoutMs: number };

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

const dayMs = 86_400_000;
/** Somebody who has not decided by then is asked anew. */
const patienceMs = dayMs;

const goOn = 'Go on';
const stop = 'Stop';
const takeBack = { label: stop, description: 'What waits is taken back.' };
/** Of the ids of our questions: `budget-MEASURE-USED-…`. */
const prefix = 'budget-';

type Asked = {
  name: string;
  spent: number;
  question: string;
  options: readonly { label: string; description: string }[];
};

type SpendingOptions = {
  store: Pick<SessionStore, 'resolvedInteractions' | 'openInteractions'> & UsageLog;
  clock: Clock;
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
  question(): BudgetQuestion | undefined {
    const { limits, ledger } = this.#options;
    for (const [name, { limit, used, shown }] of Object.entries(measures)) {
      const slice = limit(limits);
      const spent = used(ledger.record.totals);
      if (slice === 0 || spent === null || spent < slice + this.#granted(name)) continue;
      const question = `This session has used ${shown(spent)}, which is its budget. Go on with another ${shown(slice)}?`;
      const options = [{ label: goOn, description: `${shown(spent)} + ${shown(slice)}` }, takeBack];
      return this.#ask({ name, spent, question, options }, patienceMs);
    }
    return this.#dayQuestion();
  }

  /** Of the day of the session's owner: nobody can give him more but an operator, and the next day it goes on. */
  #dayQuestion(): BudgetQuestion | undefined {
    const { store, clock, limits, ledger } = this.#options;
    const { userDayCostUsd, userDayTokens } = limits;
    if (userDayCostUsd === 0 && userDayTokens === 0) return undefined;
    const now = clock.now();
    const day = dayOf(now);
    const today = store
      .usage({ from: day, to: day, by: 'user' })
      .find(({ name }) => name === ledger.record.ownerId);
    const cost = today?.costUsd ?? 0;
    const tokens = (today?.inputTokens ?? 0) + (today?.outputTokens ?? 0);
    const isOver =
      (userDayCostUsd > 0 && cost >= userDayCostUsd) || (userDayTokens > 0 && tokens >= userDayTokens);
    if (!isOver) return undefined;
    const shown = userDayCostUsd > 0 && cost >= userDayCostUsd ? `$${cost.toFixed(2)}` : `${tokens} tokens`;
    const question = `You have used ${shown} today, which is your budget. It goes on by itself at 00:00 UTC, or when an operator raises it.`;
    const options = [{ ...takeBack, description: shown }];
    return this.#ask({ name: 'day', spent: cost, question, options }, dayMs - (now % dayMs));
  }

  #ask({ name, spent, question, options }: Asked, timeoutMs: number): BudgetQuestion {
    const id = `${prefix}${name}-${spent.toFixed(6)}-${this.#options.ids.uuid()}`;
    const questions = [{ question, header: name, options: [...options] }];
    return { request: { type: 'question_request', data: { id, tool_name: 'budget', questions } }, timeoutMs };
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
