import { expect, test } from 'vitest';
import type { PolicyDecision } from '../src/ground/policy-decision.ts';
import { PolicyDecisionRing } from '../src/policy-decision-ring.ts';

const decision = (time: number, fields: Partial<PolicyDecision> = {}): PolicyDecision => ({
  ...{ time, sessionId: 's', ownerId: 'alice', workerType: 'demo', tool: 'Bash' },
  ...{ decision: 'ask', rule: 'C1', reason: 'it runs a program' },
  ...fields,
});

test('the last decisions are found newest first, by what they are about', () => {
  const ring = new PolicyDecisionRing(3);
  ring.add(decision(1));
  ring.add(decision(2, { ownerId: 'bob', decision: 'deny' }));
  ring.add(decision(3, { sessionId: 't' }));
  ring.add(decision(4, { rule: 'N1', decision: 'deny' }));
  const times = (filter: Parameters<typeof ring.find>[0]) => ring.find(filter).map(({ time }) => time);
  expect(times({})).toEqual([4, 3, 2]);
  expect(times({ decision: 'deny' })).toEqual([4, 2]);
  expect(times({ decision: 'deny', ownerId: 'bob' })).toEqual([2]);
  expect(times({ sessionId: 's', rule: 'N1' })).toEqual([4]);
});
