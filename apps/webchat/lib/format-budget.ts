import type { ServerData } from '@hotplex/aep-protocol';
import { formatCost } from './format-cost.ts';
import { formatTokens } from './format-tokens.ts';
import type { Texts } from './texts/en.ts';

type Measure = NonNullable<ServerData<'question_request'>['budget']>['measure'];

const minuteMs = 60_000;

/** An amount of a budget, in dollars, tokens or milliseconds, in the words of the page. */
export function formatBudget(amount: number, measure: Measure, texts: Texts['budget']): string {
  switch (measure) {
    case 'cost':
      return formatCost(amount);
    case 'tokens':
      return texts.tokens(formatTokens(amount));
    case 'time':
      return texts.minutes(Math.ceil(amount / minuteMs));
  }
}
