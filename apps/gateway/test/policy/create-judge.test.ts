import { expect, test } from 'vitest';
import { createJudge } from '../../src/policy/create-judge.ts';
import type { Policy, ToolCall, Verdict } from '../../src/policy/policy.ts';

const read = (path: string): ToolCall => ({ kind: 'read', path, cwd: '/work' });
const places = () => ({ home: '/home/u', gatewayDirs: [], gatewayPorts: [] });

/** Says of a path what it is called, and takes `ms` for it. */
function judgeWith(decide: (call: ToolCall) => Verdict, ms = 0) {
  let time = 0;
  const policy: Policy = {
    decide(call) {
      time += ms;
      return decide(call);
    },
  };
  return createJudge({ policy, places, now: () => time });
}

const byName = (call: ToolCall): Verdict => {
  const decision = 'path' in call ? (call.path as Verdict['decision']) : 'ask';
  return { decision, rule: decision, reason: decision, targets: [`/${decision}`] };
};

test('[C] the strictest verdict counts, with what all of them touch', () => {
  const judge = judgeWith(byName);
  expect(judge([read('allow'), read('deny'), read('ask')], '/work')).toEqual({
    ...{ decision: 'deny', rule: 'deny', reason: 'deny' },
    targets: ['/allow', '/deny', '/ask'],
  });
  expect(judge([read('allow')], '/work').decision).toBe('allow');
});

test('[P7] a call of which nothing is said, and a failure, are questions', () => {
  expect(judgeWith(byName)([], '/work')).toMatchObject({ decision: 'ask', rule: 'P7' });
  const failing = judgeWith(() => {
    throw new Error('broken');
  });
  expect(failing([read('allow')], '/work')).toMatchObject({ decision: 'ask', rule: 'P7' });
});

test.each([
  ['allow', 'ask', 'P7'],
  ['ask', 'ask', 'ask'],
  ['deny', 'deny', 'deny'],
])('[P7] [C5] %s that took longer than 250 ms is %s', (found, decision, rule) => {
  expect(judgeWith(byName, 251)([read(found)], '/work')).toMatchObject({ decision, rule });
  expect(judgeWith(byName, 250)([read(found)], '/work').decision).toBe(found);
});
