import { expect, test } from 'vitest';
import { ofPolicy, openSession } from './open-session.ts';

/** A session that asks for a permission in the middle of a turn. */
function openAsk(decision: 'ask' | 'deny') {
  const world = openSession({}, ofPolicy(decision));
  const { session, worker, store } = world;
  session.prompt({ inputId: 'i', content: 'go', author: 'o' });
  const ask = (id: string, input: unknown = { command: 'ls' }) =>
    worker.say({ type: 'permission_request', data: { id, tool_name: 'Bash', input_raw: input } });
  ask('r');
  return { ...world, ask, audit: () => store.auditAfter(0, 100) };
}

test('[L1] an answer is taken down once, with who gave it, in the step that stores it', () => {
  const { session, audit, disk } = openAsk('ask');
  disk.isFull = true;
  expect(() => session.respond({ kind: 'permission', id: 'r', allowed: true }, 'ann')).toThrow();
  expect(audit()).toEqual([]);
  disk.isFull = false;
  session.respond({ kind: 'permission', id: 'r', allowed: true }, 'ann');
  expect(() => session.respond({ kind: 'permission', id: 'r', allowed: false }, 'bob')).toThrow();
  expect(audit()).toMatchObject([
    {
      actor: 'ann',
      sessionId: 's',
      action: 'permission',
      decision: 'allow',
      reason: 'answered',
      rules: ['T1'],
    },
  ]);
});

test('[L1] so is what the policy, a deadline and the end of a turn decide', () => {
  const policy = openAsk('deny');
  expect(policy.audit()).toMatchObject([{ actor: null, decision: 'deny', reason: 'policy', rules: ['T1'] }]);
  const timeout = openAsk('ask');
  timeout.clock.advance(1_000);
  expect(timeout.audit()).toMatchObject([{ actor: null, decision: 'deny', reason: 'timeout' }]);
  const ended = openAsk('ask');
  ended.worker.say({ type: 'done', data: { success: true } });
  expect(ended.audit()).toMatchObject([{ actor: null, decision: 'deny', reason: 'interrupted' }]);
});

test('[L1] the same call has the same hash, and its content is not in the record', () => {
  const { session, ask, audit } = openAsk('ask');
  ask('same');
  ask('other', { command: 'make secret-word' });
  for (const id of ['r', 'same', 'other']) session.respond({ kind: 'permission', id, allowed: true }, 'ann');
  const [first, same, other] = audit().map(({ inputHash }) => inputHash);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(same).toBe(first);
  expect(other).not.toBe(first);
  expect(JSON.stringify(audit())).not.toContain('secret-word');
});
