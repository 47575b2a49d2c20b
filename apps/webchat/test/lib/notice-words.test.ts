import { noticeReasons } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { noticeWords } from '../../lib/notice-words.ts';
import { en } from '../../lib/texts/en.ts';
import { zh } from '../../lib/texts/zh.ts';

const tell = (notice: Parameters<typeof noticeWords>[0], texts = zh.notices) =>
  noticeWords(notice, texts, (time) => time.slice(11, 16));

test('what a notice says in its fields is told in the language of the page', () => {
  const retry = { attempt: 2, max_retries: 10, retry_delay_ms: 1_540 };
  expect(tell({ kind: 'retry', details: retry })).toBe('1.5 秒后进行第 2 次尝试（最多 10 次）');
  expect(tell({ kind: 'retry', details: retry }, en.notices)).toBe('attempt 2 of 10 in 1.5 s');
  expect(tell({ kind: 'retry', details: { attempt: 3, retry_at: null } })).toBe('第 3 次尝试');
  const quota = { status: 'rejected', resets_at: '2026-03-09T10:30:00.000Z' };
  expect(tell({ kind: 'rate_limit', details: quota })).toBe('配额已用尽。10:30 恢复。');
  expect(tell({ kind: 'rate_limit', details: { status: 'allowed_warning', resets_at: null } })).toBe(
    '配额即将用尽。',
  );
  expect(tell({ kind: 'compaction', details: { tokens_before: 154_000, tokens_after: 9_800 } })).toBe(
    '从 154k 减少到 9.8k 个 token',
  );
  expect(tell({ kind: 'model', details: { model: 'opus' } })).toBe('当前模型是 opus。');
  expect(tell({ kind: 'permission_mode', details: { mode: 'plan' } })).toBe('当前权限模式是 plan。');
});

test('a note that says by a reason what it tells has words for it', () => {
  for (const reason of noticeReasons)
    expect(tell({ kind: 'info', details: { reason, more: 1 } })).toBe(zh.notices.reasons[reason]);
  expect(tell({ kind: 'info', details: { reason: 'moonlight' } })).toBeUndefined();
  expect(tell({ kind: 'info', details: { reason: 'constructor' } })).toBeUndefined();
});

test('what only its own words say is left to them', () => {
  expect(tell({ kind: 'info' })).toBeUndefined();
  expect(tell({ kind: 'compaction', details: { trigger: 'auto', tokens_before: null } })).toBeUndefined();
  expect(tell({ kind: 'retry', details: {} })).toBeUndefined();
  expect(tell({ kind: 'model', details: { level: 'high' } })).toBeUndefined();
});
