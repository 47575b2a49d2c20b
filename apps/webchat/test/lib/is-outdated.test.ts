import { expect, test } from 'vitest';
import { isOutdated } from '../../lib/is-outdated.ts';

const answer =
  (text: string, ok = true) =>
  async () => ({ ok, text: async () => text });
const scripts = ['/_next/static/chunks/a.js', '/_next/static/chunks/b.js'];

test('a page is outdated when the gateway serves one with other scripts', async () => {
  const same =
    '<script src="/_next/static/chunks/a.js"></script><script src="/_next/static/chunks/b.js"></script>';
  expect(await isOutdated(scripts, answer(same))).toBe(false);
  expect(await isOutdated(scripts, answer(same.replace('b.js', 'c.js')))).toBe(true);
});

test('a gateway that does not answer, or not with a page, has no newer one', async () => {
  expect(await isOutdated(scripts, answer('it restarts', false))).toBe(false);
  expect(await isOutdated(scripts, () => Promise.reject(new TypeError('Failed to fetch')))).toBe(false);
});
