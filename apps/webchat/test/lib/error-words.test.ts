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

test('every code that has a remedy has words for what happened', () => {
  expect(Object.keys(en.errors.remedies).filter((code) => en.errors.messages[code] === undefined)).toEqual(
    [],
  );
});

test('the usual reason why an agent is missing is told in the language of the page', () => {
  expect(missingReason('pi was not found in PATH', zh.newSession)).toBe('PATH 中找不到 pi');
  expect(missingReason('pi 0.1 is too old', zh.newSession)).toBe('pi 0.1 is too old');
});
