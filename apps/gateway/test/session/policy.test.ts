import { describe, expect, test } from 'vitest';
import type { PolicyDecision } from '../../src/ground/policy-decision.ts';
import type { Verdict } from '../../src/policy/policy.ts';
import type { ToolCall, WorkerEvent } from '../../src/worker/worker.ts';
import { openSession } from './open-session.ts';

type Told = { id: string; tool_name: string; calls?: readonly ToolCall[] };

const command = (text: string): ToolCall => ({ kind: 'command', command: text, cwd: '/repo' });
const refused: Verdict = { decision: 'deny', rule: 'N1', reason: 'it deletes the home' };
const harmless: Verdict = { decision: 'allow', rule: 'none', reason: 'nothing speaks against it' };
const doubtful: Verdict = {
  ...{ decision: 'ask', rule: 'C5', reason: 'it deletes the project' },
  ...{ command: 'rm -rf /repo/src', targets: ['/repo/src'] },
};
const verdicts: Record<string, Verdict> = { evil: refused, ls: harmless, 'rm -rf src': doubtful };
const judge = (calls: readonly ToolCall[]): Verdict => {
  const [call] = calls;
  return (call?.kind === 'command' && verdicts[call.command]) || { ...doubtful, rule: 'P7' };
};
const asks = (id: string, text: string): WorkerEvent => ({
  type: 'permission_request',
  data: { id, tool_name: 'Bash', input_raw: { command: text } },
  calls: [command(text)],
});
const checks = ({ id, tool_name, calls = [] }: Told): WorkerEvent => ({
  type: 'tool.check',
  data: { id, tool_name },
  calls,
});

/** A session in the middle of a turn, with a policy that knows three commands. */
function openTurn(autoAllowSafe = false) {
  const world = openSession({}, { judge, autoAllowSafe: () => autoAllowSafe });
  const { session, worker, told } = world;
  session.prompt({ inputId: 'i', content: 'go', author: 'o' });
  told.length = 0;
  worker.calls.length = 0;
  return { ...world, answers: () => worker.calls.filter((call) => call.startsWith('respond')) };
}

describe('what an agent asks', () => {
  test('[E4] [P1] what the policy refuses is told as decided, and the agent hears it at once', () => {
    const { worker, last, kinds, answers, session } = openTurn();
    worker.say(asks('r', 'evil'));
    expect(kinds()).toEqual(['permission_request', 'permission.resolved']);
    expect(last('permission_request').policy).toEqual({ ...refused, cwd: '/repo' });
    expect(last('permission.resolved')).toMatchObject({ allowed: false, by: null, reason: 'policy' });
    expect(last('permission.resolved').message).toContain('N1');
    expect(answers()).toEqual(['respond permission false']);
    expect(session.pending).toEqual([]);
  });

  test('[E4] nobody can allow what the policy refused', () => {
    const { worker, session, answers } = openTurn();
    worker.say(asks('r', 'evil'));
    expect(() => session.respond({ kind: 'permission', id: 'r', allowed: true }, 'o')).toThrow(
      expect.objectContaining({ code: 'ALREADY_RESOLVED' }),
    );
    expect(answers()).toEqual(['respond permission false']);
  });

  test('[P4] what is asked carries the verdict, the folder and what it touches', () => {
    const { worker, last, answers, session } = openTurn();
    worker.say(asks('r', 'rm -rf src'));
    expect(last('permission_request').policy).toEqual({ ...doubtful, cwd: '/repo' });
    expect(answers()).toEqual([]);
    session.respond({ kind: 'permission', id: 'r', allowed: true }, 'o');
    expect(answers()).toEqual(['respond permission true']);
  });

  test('[P6] what the policy does not mind is asked all the same', () => {
    const { worker, session, answers } = openTurn();
    worker.say(asks('r', 'ls'));
    expect(session.pending).toHaveLength(1);
    expect(answers()).toEqual([]);
  });

  test.each([
    ['ls', ['respond permission true']],
    ['rm -rf src', []],
    ['evil', ['respond permission false']],
  ])('[P6] with auto_allow_safe, of %s the agent hears %j', (text, heard) => {
    const { worker, answers, last } = openTurn(true);
    worker.say(asks('r', text));
    expect(answers()).toEqual(heard);
    if (heard.length > 0) expect(last('permission.resolved')).toMatchObject({ by: null, reason: 'policy' });
  });

  test('[P7] an agent that does not say what it would do is asked about', () => {
    const { worker, last, session } = openTurn(true);
    worker.say({ type: 'permission_request', data: { id: 'r', tool_name: 'mystery' } });
    expect(last('permission_request').policy).toMatchObject({ decision: 'ask', rule: 'P7' });
    expect(session.pending).toHaveLength(1);
  });

  test('[P5] a changed input is judged as well, and the request stays open', () => {
    const world = openTurn();
    const { worker, session, answers } = world;
    Object.assign(worker.definition, {
      toToolCalls: ({ input }: { input: Record<string, unknown> }) => [command(String(input.command))],
    });
    worker.say(asks('r', 'ls'));
    const answer = (text: string) =>
      session.respond({ kind: 'permission', id: 'r', allowed: true, updatedInput: { command: text } }, 'o');
    expect(() => answer('evil')).toThrow(
      expect.objectContaining({ code: 'POLICY_DENIED', details: { rule: 'N1' } }),
    );
    expect(answers()).toEqual([]);
    answer('rm -rf src');
    expect(answers()).toEqual(['respond permission true']);
  });
});

describe('what an agent would do without asking', () => {
  test('[E4] goes on without a word if the policy does not refuse it', () => {
    const { worker, kinds, answers } = openTurn();
    worker.say(checks({ id: 'c', tool_name: 'Bash', calls: [command('ls')] }));
    worker.say(checks({ id: 'd', tool_name: 'Bash', calls: [command('rm -rf src')] }));
    expect(kinds()).toEqual([]);
    expect(answers()).toEqual(['respond permission true', 'respond permission true']);
  });

  test('[E4] is refused as if it had been asked', () => {
    const { worker, kinds, answers, last } = openTurn();
    worker.say(checks({ id: 'c', tool_name: 'Bash', calls: [command('evil')] }));
    expect(kinds()).toEqual(['permission_request', 'permission.resolved']);
    expect(last('permission_request')).toMatchObject({ id: 'c', policy: { rule: 'N1' } });
    expect(answers()).toEqual(['respond permission false']);
  });

  test('[P7] is asked about if it could not be judged, but not if its tool is one that nobody knows', () => {
    const { worker, session, answers } = openTurn();
    worker.say(checks({ id: 'c', tool_name: 'Bash', calls: [command('what nobody can judge')] }));
    worker.say(checks({ id: 'd', tool_name: 'Read', calls: [] }));
    expect(session.pending.map(({ id }) => id)).toEqual(['c', 'd']);
    expect(answers()).toEqual([]);
    worker.say(checks({ id: 'e', tool_name: 'mcp', calls: [{ kind: 'other', name: 'mcp' }] }));
    expect(answers()).toEqual(['respond permission true']);
    session.respond({ kind: 'permission', id: 'c', allowed: true }, 'o');
    expect(answers()).toHaveLength(2);
  });

  test('[G8] what an agent asks again after a restart is answered as before, and told once', () => {
    const { worker, kinds, answers } = openTurn();
    const check = checks({ id: 'c', tool_name: 'Bash', calls: [command('evil')] });
    worker.say(check);
    worker.say(check);
    expect(kinds()).toEqual(['permission_request', 'permission.resolved']);
    expect(answers()).toEqual(['respond permission false', 'respond permission false']);
  });

  test('[G11] waits while the decision cannot be written down', () => {
    const { worker, disk, clock, answers, kinds } = openTurn();
    disk.isFull = true;
    worker.say(checks({ id: 'c', tool_name: 'Bash', calls: [command('evil')] }));
    expect(answers()).toEqual([]);
    disk.isFull = false;
    clock.advance(1_000);
    expect(kinds()).toEqual(['permission_request', 'permission.resolved']);
    expect(answers()).toEqual(['respond permission false']);
  });
});

test('operators are told what the policy said of each tool, also of one that asks nobody; of one that was asked again not twice', () => {
  const noted: PolicyDecision[] = [];
  const { session, worker, clock, revive } = openSession(
    {},
    { judge, noteDecision: (decision) => noted.push(decision) },
  );
  session.prompt({ inputId: 'i', content: 'go', author: 'o' });
  clock.advance(7);
  worker.say(checks({ id: 'a', tool_name: 'Bash', calls: [command('evil')] }));
  worker.say(checks({ id: 'b', tool_name: 'Bash', calls: [command('ls')] }));
  expect(
    noted.map(({ tool, decision, rule, sessionId, ownerId }) => ({
      tool,
      decision,
      rule,
      sessionId,
      ownerId,
    })),
  ).toEqual([
    { tool: 'Bash', decision: 'deny', rule: 'N1', sessionId: 's', ownerId: 'o' },
    { tool: 'Bash', decision: 'allow', rule: 'none', sessionId: 's', ownerId: 'o' },
  ]);
  expect(noted[0]?.time).toBe(clock.now());
  revive();
  worker.say(checks({ id: 'a', tool_name: 'Bash', calls: [command('evil')] }));
  expect(noted).toHaveLength(2);
});
