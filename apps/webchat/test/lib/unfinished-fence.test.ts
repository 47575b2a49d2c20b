import { expect, test } from 'vitest';
import { withoutUnfinishedFence } from '../../lib/markdown/unfinished-fence.ts';

test('the first marks of a fence wait for the rest of it, before code and behind it', () => {
  expect(withoutUnfinishedFence('Look:\n\n`')).toBe('Look:\n\n');
  expect(withoutUnfinishedFence('``')).toBe('');
  expect(withoutUnfinishedFence('```ts\nconst tea = 1;\n``')).toBe('```ts\nconst tea = 1;\n');
  expect(withoutUnfinishedFence('- like\n  ~~~\n  tea\n  ~')).toBe('- like\n  ~~~\n  tea\n');
  // Three of four, which would be a line of this code.
  expect(withoutUnfinishedFence('````md\n```\ntea\n```')).toBe('````md\n```\ntea\n');
});

test('what is a fence already, or cannot become one, is drawn', () => {
  for (const text of [
    '```',
    '```ts\nconst tea = 1;\n```',
    '```ts\nconst tea = 1;',
    '```ts\nconst tea = `',
    '```ts\n~~',
    'a `word',
    'Look:\n\n`word',
    '```ts\ntea\n```\n\n~~~',
    '',
  ])
    expect(withoutUnfinishedFence(text)).toBe(text);
});

test('code behind code that was closed is code of its own', () => {
  const closed = '```ts\ntea\n```\n\n';
  expect(withoutUnfinishedFence(`${closed}\`\``)).toBe(closed);
  expect(withoutUnfinishedFence(`${closed}\`\`\`\``)).toBe(`${closed}\`\`\`\``);
});
