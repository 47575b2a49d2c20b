import { expect, test } from 'vitest';
import { formatBudget } from '../../lib/format-budget.ts';
import { en } from '../../lib/texts/en.ts';
import { zh } from '../../lib/texts/zh.ts';

test.each([
  [5.125, 'cost', '$5.13', '$5.13'],
  [34_000, 'tokens', '34k tokens', '34k 个 token'],
  [90_000, 'time', '2 min of agent time', '2 分钟工作时间'],
] as const)('%d of %s is said in the words of the page', (amount, measure, english, chinese) => {
  expect(formatBudget(amount, measure, en.budget)).toBe(english);
  expect(formatBudget(amount, measure, zh.budget)).toBe(chinese);
});
