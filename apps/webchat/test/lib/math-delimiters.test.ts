import { expect, test } from 'vitest';
import { hasMath, withDollarMath } from '../../lib/markdown/math-delimiters.ts';

test('formulas come to stand between double dollars, however they were written', () => {
  expect(withDollarMath('so \\(a^2\\) is')).toBe('so $$a^2$$ is');
  expect(withDollarMath('so $a^2 + b$, is')).toBe('so $$a^2 + b$$, is');
  expect(withDollarMath('\\[ a = b \\]')).toBe('$$\na = b\n$$');
  expect(withDollarMath('- one\n  \\[\n  a\n  \\]')).toBe('- one\n  $$\n  a\n  $$');
  expect(withDollarMath('$$a$$ and\n$$\nb\n$$')).toBe('$$a$$ and\n$$\nb\n$$');
});

test.each([
  'It costs $5, the other one $10.',
  'From $5-$10 a month',
  'Set $HOME/bin:$PATH first',
  'echo "$1" and "$2"',
  'run $(pwd)$(ls)',
  'a `$x$` and ``\\(y\\)``',
  '```sh\necho $x$\n```',
  '```sh\necho $x$',
  '~~~\n\\[ a \\]\n~~~',
  'an escaped \\$x$ sign',
  'a \\[link\\](that is none)',
  'C:\\\\(x86\\\\)',
])('what is no formula stays: %j', (text) => {
  expect(withDollarMath(text)).toBe(text);
  expect(hasMath(withDollarMath(text))).toBe(false);
});

test('marks that are never closed cost no time', () => {
  const before = performance.now();
  withDollarMath('\\[ $a \\( ` '.repeat(4_000));
  expect(performance.now() - before).toBeLessThan(2_000);
});
