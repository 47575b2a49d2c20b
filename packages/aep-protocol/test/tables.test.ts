import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  canMove,
  closeCodes,
  deriveSessionId,
  errorCodes,
  jsonSchema,
  type SessionState,
  sessionStates,
  shouldReconnect,
  uuidV5,
} from '../src/index.ts';

describe('session states', () => {
  const legal = [
    'created>running',
    'created>terminated',
    'created>deleted',
    'running>idle',
    'running>terminated',
    'running>deleted',
    'idle>running',
    'idle>terminated',
    'idle>deleted',
    'terminated>running',
    'terminated>deleted',
  ];
  const moves = sessionStates.flatMap((from) =>
    sessionStates.map((to): [SessionState, SessionState] => [from, to]),
  );

  test.each(moves)('[S1] %s → %s', (from, to) => {
    expect(canMove(from, to)).toBe(legal.includes(`${from}>${to}`));
  });
});

describe('session ids', () => {
  test.each([
    ['user_1', 'sess_abc', 'a013926c-cca7-51ad-8dd2-dcc27c3e031d'],
    ['anonymous', '', '61a1af77-1368-5a70-a246-d5c7e0a9aada'],
  ])('[H6] the vector of %s', (owner, clientKey, id) => {
    expect(
      deriveSessionId({ owner, workerType: 'claude_code', clientKey, workDir: '/tmp/hotplex/workspace' }),
    ).toBe(id);
  });

  test('[H6] any part that differs gives another id', () => {
    const key = { owner: 'o', workerType: 'w', clientKey: 'c', workDir: '/d' };
    const ids = [key, ...Object.keys(key).map((part) => ({ ...key, [part]: 'other' }))].map(deriveSessionId);
    expect(new Set(ids).size).toBe(5);
  });

  test('[H6] names longer than a block of the digest', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'cron')).toBe(
      'ea4edad5-114b-52c8-9dd0-26f2682692b8',
    );
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'x'.repeat(200))).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});

test('[C2] clients come back after every close but done and 4400–4404', () => {
  const final = Object.values(closeCodes)
    .map(({ code }) => code)
    .filter((code) => !shouldReconnect(code));
  expect(final).toEqual([1000, 4400, 4401, 4403, 4404]);
  expect(shouldReconnect(1006)).toBe(true);
});

test('every error says when it is sent and what to do', () => {
  for (const [code, { when, remedy }] of Object.entries(errorCodes)) {
    expect(when, code).toMatch(/\.$/);
    expect(remedy, code).toMatch(/\.$/);
  }
});

test('[F7] the schema file is what the table says', () => {
  expect(JSON.parse(readFileSync(new URL('../schema/aep-v1.schema.json', import.meta.url), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(jsonSchema())),
  );
});
