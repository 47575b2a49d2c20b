import { expect, test } from 'vitest';
import { formatDuration } from '../../lib/format-duration.ts';
import { en } from '../../lib/texts/en.ts';
import { zh } from '../../lib/texts/zh.ts';

test.each([
  [99, '<0.1 s', '<0.1 秒'],
  [400, '0.4 s', '0.4 秒'],
  [12_000, '12 s', '12 秒'],
  [185_000, '3 min 5 s', '3 分钟 5 秒'],
])('%i ms are written in the language of the page', (milliseconds, english, chinese) => {
  expect(formatDuration(milliseconds, en.time)).toBe(english);
  expect(formatDuration(milliseconds, zh.time)).toBe(chinese);
});
