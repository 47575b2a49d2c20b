import { errorCodes } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { toErrorWords } from '../../lib/error-words.ts';
import { missingReason } from '../../lib/missing-reason.ts';
import { en } from '../../lib/texts/en.ts';
import { zh } from '../../lib/texts/zh.ts';

const crash = { code: 'WORKER_CRASH', message: 'the agent process ended with code 3' };

test('a known failure is told in the language of the page, with the words of the gateway beside it', () => {
  expect(toErrorWords(crash, zh.errors)).toEqual({
    code: 'WORKER_CRASH',
    message: zh.errors.messages.WORKER_CRASH,
    detail: crash.message,
    remedy: zh.errors.remedies.WORKER_CRASH,
  });
});

test('an unknown failure keeps its own words; one without words is unexpected', () => {
  expect(toErrorWords({ code: 'ODD', message: 'the moon' }, zh.errors)).toEqual({
    code: 'ODD',
    message: 'the moon',
    detail: undefined,
    remedy: undefined,
  });
  expect(toErrorWords(new Error(''), en.errors).message).toBe(en.errors.unknown);
  expect(toErrorWords('thrown', en.errors).message).toBe(en.errors.unknown);
});

test('every code of the protocol has words of the page', () => {
  const words = Object.keys(errorCodes).map((code) => toErrorWords({ code, message: 'the moon' }, zh.errors));
  expect(words.filter(({ message }) => message === 'the moon')).toEqual([]);
  expect(words.filter(({ detail }) => detail !== 'the moon')).toEqual([]);
});

test('a refusal that says why is told by its reason, with the words of the gateway beside it', () => {
  const refused = (details: object, code = 'INVALID_MESSAGE') =>
    toErrorWords({ code, message: 'x is not shown: link', details }, zh.errors);
  expect(refused({ reason: 'link' })).toEqual({
    code: 'INVALID_MESSAGE',
    message: zh.errors.reasons.link,
    detail: 'x is not shown: link',
    remedy: undefined,
  });
  expect(refused({ reason: 'agent', turns: 3 }, 'NOT_SUPPORTED').message).toBe(zh.errors.reasons.agent);
  expect(refused({ reason: 'unknown' }).message).toBe(zh.errors.reasons.unknown);
  expect(refused({ reason: 'unknown', field: 'turn_id' }).message).toBe(zh.errors.reasons.unknown_turn);
  expect(refused({ reason: 'moonlight' }).message).toBe(zh.errors.messages.INVALID_MESSAGE);
  // With another code the word is about something else.
  expect(refused({ reason: 'missing' }, 'UNAUTHORIZED').message).toBe(zh.errors.messages.UNAUTHORIZED);
});

test('how long to wait, and which setting is the limit, are part of what to do', () => {
  const told = (code: string, details: object) =>
    toErrorWords({ code, message: 'no', details }, zh.errors).remedy;
  expect(told('RATE_LIMITED', { retry_after_ms: 4_200 })).toBe('请在 5 秒后重试。');
  expect(told('RATE_LIMITED', { retry_after_ms: 600_000 })).toBe('请在 10 分钟后重试。');
  expect(told('RATE_LIMITED', { reason: 'too_often' })).toBe(zh.errors.remedies.RATE_LIMITED);
  expect(told('TURN_TIMEOUT', { limit_ms: 60_000, setting: 'session.turn_timeout' })).toBe(
    '请把任务拆小。对应的设置是 session.turn_timeout。',
  );
});

test('every code that has a remedy has words for what happened', () => {
  expect(Object.keys(en.errors.remedies).filter((code) => en.errors.messages[code] === undefined)).toEqual(
    [],
  );
});

test('the usual reason why an agent is missing is told in the language of the page', () => {
  expect(missingReason('pi was not found in PATH', zh.newSession)).toBe('PATH 中找不到 pi');
  expect(missingReason('pi 0.1 is too old', zh.newSession)).toBe('pi 0.1 is too old');
});
