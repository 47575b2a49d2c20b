import { expect, test } from 'vitest';
import { pagesFor } from '../../../lib/admin/admin-pages.ts';
import { formatSpan } from '../../../lib/admin/format-span.ts';

test('each sees the pages that his scopes are good for', () => {
  expect(pagesFor(['admin:write'])).toHaveLength(8);
  expect(pagesFor(['admin:read'])).toHaveLength(8);
  expect(pagesFor(['stats:read'])).toEqual(['overview', 'workers', 'costs']);
  expect(pagesFor(['session:write', 'config:read'])).toEqual(['config', 'history']);
});

test('a length of time is told by its two largest units', () => {
  expect(formatSpan(12_345, 'en')).toBe('12 sec');
  expect(formatSpan(0, 'en')).toBe('0 sec');
  expect(formatSpan(3 * 86_400_000 + 4 * 3_600_000 + 59_000, 'en')).toBe('3 days 4 hr');
  expect(formatSpan(84_000, 'zh')).toBe('1 分钟 24 秒');
});
