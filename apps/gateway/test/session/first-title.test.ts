import { expect, test } from 'vitest';
import { toFirstTitle } from '../../src/session/first-title.ts';

const sixty = 'x'.repeat(60);

test.each([
  ['Fix the parser', 'Fix the parser'],
  ['\n\n  Fix   the\tparser \nIt loses the last line.', 'Fix the parser'],
  [sixty, sixty],
  [
    'Please find out why the parser loses the last line of every file it reads',
    'Please find out why the parser loses the last line of every…',
  ],
  ['请'.repeat(61), `${'请'.repeat(59)}…`],
  [`see ${'x'.repeat(80)}`, `see ${'x'.repeat(55)}…`],
  ['🫖'.repeat(61), `${'🫖'.repeat(59)}…`],
])('[S7] the prompt %j is called %j', (prompt, title) => {
  expect(toFirstTitle(prompt)).toBe(title);
  expect([...title].length).toBeLessThanOrEqual(60);
});

test('[S7] a prompt without words gives no name', () => {
  expect(toFirstTitle(' \n\t')).toBeNull();
});

const letters = 'AbCdEf0123456789AbCdEf0123456789AbCdEf01';

test.each([
  ['postgres://admin:', letters, '@db.example/app'],
  ['AccountKey', `=${letters}${letters}`, ''],
  ['gh', `p_${letters}`, ''],
  ['API_KEY=', letters, ''],
])('[S7] of the secret %j%j no name has a part, wherever it is cut', (before, secret, after) => {
  for (let lead = 0; lead < 60; lead += 1) {
    const title = toFirstTitle(
      `${'x'.repeat(lead)} ${before}${secret}${after} is what you need to sign in there`,
    );
    expect(title).not.toContain(secret.slice(0, 6));
  }
});
