import { errorCodes } from '@hotplex/aep-protocol';
import { AepError } from '@hotplex/client-sdk';
import { describe, expect, test } from 'vitest';
import { errorText } from '../src/error-text.ts';

/** Codes whose own words a person needs, because they name what is meant. */
const quoted = new Set([
  ...['WORKER_START_FAILED', 'INVALID_MESSAGE', 'FORBIDDEN', 'INTERNAL_ERROR', 'CONFIG_INVALID'],
  ...['NOT_SUPPORTED', 'BUDGET_EXCEEDED', 'POLICY_DENIED', 'HTTP_ERROR'],
]);
const codes = [...Object.keys(errorCodes), 'CLIENT_CLOSED', 'CONNECTION_LOST', 'HTTP_ERROR'];

describe('what a person reads', () => {
  test.each(codes)('%s is said in whole sentences, without words of the protocol', (code) => {
    const text = errorText(new AepError({ code, message: 'the words of the gateway' }));
    expect(text).toMatch(/^[A-Z].*[.]( [A-Z].*[.])?$|^[A-Z].*: the words of the gateway$/);
    expect(text.endsWith('the words of the gateway')).toBe(quoted.has(code));
    expect(text.replace('the words of the gateway', '')).not.toMatch(
      /[A-Z]{3,}|_|\b(init|frame|turn|input)\b/,
    );
    expect(text.length).toBeLessThan(110);
  });

  test.each([
    [
      { code: 'WORKER_START_FAILED', message: 'claude is not installed' },
      'The agent could not be started: claude is not installed',
    ],
    [{ code: 'POLICY_DENIED' }, 'A rule of this gateway forbids it.'],
    [
      new TypeError('network: the link is dead'),
      'The connection to the gateway was lost. The agent goes on; load the page again.',
    ],
    [
      new TypeError('Failed to fetch'),
      'The connection to the gateway was lost. The agent goes on; load the page again.',
    ],
    [{ code: 'NEWER_THAN_THIS', message: 'said by a newer gateway' }, 'said by a newer gateway'],
    [new Error('there is no message to send'), 'there is no message to send'],
    [{}, 'Something failed.'],
    [undefined, 'Something failed.'],
  ])('%j', (error, text) => {
    expect(errorText(error)).toBe(text);
  });
});
