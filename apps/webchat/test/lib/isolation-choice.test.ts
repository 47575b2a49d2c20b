import type { AgentSummary } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { isolationChoice } from '../../lib/isolation-choice.ts';

const isolation: AgentSummary['isolation'] = {
  default: 'process',
  levels: [
    { level: 'none', available: false, problem: 'weaker' },
    { level: 'process', available: true },
    { level: 'sandbox', available: true },
    { level: 'container', available: false, problem: 'not_set_up' },
  ],
};

test.each([
  { wished: 'sandbox', asked: 'sandbox' },
  { wished: 'process', asked: undefined },
  { wished: 'container', asked: undefined },
  { wished: 'none', asked: undefined },
  { wished: '', asked: undefined },
])('a wish for "$wished" asks the gateway for $asked', ({ wished, asked }) => {
  expect(isolationChoice(isolation, wished)).toBe(asked);
});

test('a gateway that offers nothing is asked for nothing', () => {
  expect(isolationChoice(undefined, 'sandbox')).toBeUndefined();
});
