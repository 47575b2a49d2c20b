import { expect, test } from 'vitest';
import { IgnoreRules } from '../../src/ground/ignore-rules.ts';

const deep = (names: number) => Array(names).fill('a').join('/');

test('the deepest file that says something of a path decides', () => {
  const top = new IgnoreRules().with('', 'dist\n*.log\n');
  const sub = top.with('sub', '!keep.log\n/own\n');
  expect(top.leavesOut('dist/')).toBe(true);
  expect(top.leavesOut('own')).toBe(false);
  expect(sub.leavesOut('sub/a.log')).toBe(true);
  expect(sub.leavesOut('sub/keep.log')).toBe(false);
  expect(sub.leavesOut('sub/own')).toBe(true);
  expect(new IgnoreRules().with('', '**/build/**/x\n').leavesOut('a/build/b/x')).toBe(true);
});

test.each([
  ['a rule with many **', `${'**/a/'.repeat(14)}**/b\n`],
  ['many rules with some', '**/a/**/b\n'.repeat(6_000)],
  ['a rule without end', `${'a'.repeat(1_000_000)}\n`],
  ['rules without end', 'a/b/c/d/e/f\n'.repeat(100_000)],
])('[G9] %s keeps nobody busy', (_, text) => {
  const began = performance.now();
  const rules = new IgnoreRules().with('', text);
  for (const names of [30, 45, 60]) rules.leavesOut(deep(names));
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('[G9] a file in each of very many nested folders is no more than one in some of them', () => {
  let rules = new IgnoreRules();
  for (let depth = 1; depth < 100; depth += 1) {
    rules = rules.with(deep(depth), 'b\n');
    if (depth === 20) expect(rules.leavesOut(`${deep(20)}/b`)).toBe(true);
  }
  expect(rules.leavesOut(`${deep(99)}/c`)).toBe(false);
});
