import { describe, expect, test } from 'vitest';
import { only, outline, replay, texts } from './replay.ts';

const told = (name: string) => outline(replay(name).events);

describe('failures', () => {
  test.each([
    ['error-401', 'UNAUTHORIZED', { status: 401 }],
    ['error-no-credentials', 'WORKER_START_FAILED', { reason: 'authentication_failed' }],
    ['error-404-model', 'CONFIG_INVALID', { field: 'model', model: 'claude-sonnet-4-5' }],
    ['error-429-exhausted', 'RATE_LIMITED', { status: 429, resets_at: null }],
    ['error-500-exhausted', 'INTERNAL_ERROR', { status: 500 }],
    ['error-529-exhausted', 'INTERNAL_ERROR', { status: 529 }],
    ['error-400', 'INTERNAL_ERROR', { status: 400 }],
    ['error-stream-cut', 'INTERNAL_ERROR', { status: null }],
    ['error-connection-refused', 'INTERNAL_ERROR', { status: null }],
    ['max-turns', 'BUDGET_EXCEEDED', { limit: 'max_turns' }],
    ['max-budget', 'BUDGET_EXCEEDED', { limit: 'max_budget_usd' }],
    ['refusal', 'POLICY_DENIED', { rule: 'model_refusal' }],
  ])('[S2] %s becomes %s', (name, code, details) => {
    expect(only(replay(name).events, 'error')[0]).toMatchObject({ code, details });
  });

  test('[E2] the words of an API error are the error, not an answer', () => {
    expect(texts(replay('error-401').events)).toEqual([]);
  });

  test('[E1] each retry is told', () => {
    expect(only(replay('error-429-recovers').events, 'worker.notice')[0]).toEqual({
      kind: 'retry',
      message: expect.stringMatching(/^The model API answered 429; trying again in \d\.\d s \(1 of \d+\)\.$/),
      details: expect.objectContaining({ attempt: 1, status: 429, error: 'rate_limit' }),
    });
  });

  test('[S3] a start that fails is no turn', () => {
    for (const name of ['resume-unknown', 'session-id-in-use', 'root-bypass-mode'])
      expect(told(name)).toEqual([]);
  });
});
