import type { ServerData, SessionTotals } from '@hotplex/aep-protocol';
import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import {
  dayOf,
  type InteractionRecord,
  type SessionStore,
  type UsageLog,
  type UsageRecord,
} from '../store/store.ts';
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
  /** How long their agents work, milliseconds. */
  userDayWorkMs: number;
};

/** What somebody is asked, and how long he may take to answer, milliseconds. */
type BudgetQuestion = { request: InteractionRequest; timeoutMs: number };

/** What of the budget is used up, for clients that say it in their own words: dollars, tokens or milliseconds. */
type BudgetFacts = NonNullable<ServerData<'question_request'>['budget']>;

type Measure = {
  limit(limits: SpendingLimits): number;
  /** Null where the agent does not say. */
  used(totals: SessionTotals): number | null;
  dayLimit(limits: SpendingLimits): number;
  usedToday(today: UsageRecord): number;
  shown(amount: number): string;
};

const measures: Readonly<Record<BudgetFacts['measure'], Measure>> = {
  cost: {
    limit: ({ sessionCostUsd }) => sessionCostUsd,
    used: ({ cost_usd }) => cost_usd,
    dayLimit: ({ userDayCostUsd }) => userDayCostUsd,
    usedToday: ({ costUsd }) => costUsd ?? 0,
    shown: (usd) => `$${usd.toFixed(2)}`,
  },
  tokens: {
    limit: ({ sessionTokens }) => sessionTokens,
    used: ({ total_tokens }) => total_tokens,
    dayLimit: ({ userDayTokens }) => userDayTokens,
    usedToday: ({ inputTokens, outputTokens }) => (inputTokens ?? 0) + (outputTokens ?? 0),
    shown: (tokens) => `${tokens} tokens`,
  },
  time: {
    limit: ({ sessionWorkMs }) => sessionWorkMs,
    used: ({ duration_ms }) => duration_ms,
    dayLimit: ({ userDayWorkMs }) => userDayWorkMs,
    usedToday: ({ workMs }) => workMs ?? 0,
    shown: (ms) => `${Math.ceil(ms / 60_000)} min`,
  },
};
const measureNames = ['cost', 'tokens', 'time'] as const;

const dayMs = 86_400_000;
/** Somebody who has not decided by then is asked anew. */
const patienceMs = dayMs;

const goOn = 'Go on';
const stop = 'Stop';
const takeBack = { label: stop, description: 'What waits is taken back.' };
/** Of the ids of our questions: `budget-MEASURE-USED-…`. */
const prefix = 'budget-';

type Asked = {
  /** What it is called in the id: the measure, or the day. */
  name: string;
  facts: BudgetFacts;
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
    for (const measure of measureNames) {
      const { limit, used, shown } = measures[measure];
      const more = limit(limits);
      const spent = used(ledger.record.totals);
      if (more === 0 || spent === null || spent < more + this.#granted(measure)) continue;
      const question = `This session has used ${shown(spent)}, which is its budget. Go on with another ${shown(more)}?`;
      const options = [{ label: goOn, description: `${shown(spent)} + ${shown(more)}` }, takeBack];
      const facts = { measure, period: 'session', used: spent, more } as const;
      return this.#ask({ name: measure, facts, question, options }, patienceMs);
    }
    return this.#dayQuestion();
  }

  /** Of the day of the session's owner: nobody can give him more but an operator, and the next day it goes on. */
  #dayQuestion(): BudgetQuestion | undefined {
    const { store, clock, limits, ledger } = this.#options;
    const limited = measureNames.filter((name) => measures[name].dayLimit(limits) > 0);
    if (limited.length === 0) return undefined;
    const now = clock.now();
    const day = dayOf(now);
    const today = store
      .usage({ from: day, to: day, by: 'user' })
      .find(({ name }) => name === ledger.record.ownerId);
    const measure =
      today && limited.find((name) => measures[name].usedToday(today) >= measures[name].dayLimit(limits));
    if (!measure) return undefined;
    const used = measures[measure].usedToday(today);
    const shown = measures[measure].shown(used);
    const question = `You have used ${shown} today, which is your budget. It goes on by itself at 00:00 UTC, or when an operator raises it.`;
    const options = [{ ...takeBack, description: shown }];
    const facts = { measure, period: 'day', used } as const;
    return this.#ask({ name: 'day', facts, question, options }, dayMs - (now % dayMs));
  }

  #ask({ name, facts, question, options }: Asked, timeoutMs: number): BudgetQuestion {
    const id = `${prefix}${name}-${facts.used.toFixed(6)}-${this.#options.ids.uuid()}`;
    const questions = [{ question, header: name, options: [...options] }];
    const data = { id, tool_name: 'budget', questions, budget: facts };
    return { request: { type: 'question_request', data }, timeoutMs };
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
