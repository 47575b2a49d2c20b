import { describe, expect, test } from 'vitest';
import type { WorkerEvent } from '../../../src/worker/worker.ts';
import { ofType } from '../of-type.ts';
import type { RecordedWorker } from '../recorded-worker.ts';
import type { WorkerContract } from './contract.ts';
import { expectInterrupted } from './expect-interrupted.ts';
import { expectShape } from './expect-shape.ts';
import { play } from './play.ts';
import type { SharedAgent } from './shared-agent.ts';

/** Requests for permission, and every way in which they end. */
export function permissionContract(
  { name, setUp, prompts: { permission } }: WorkerContract,
  shared: SharedAgent,
): void {
  if (permission === undefined) return;

  async function ask(agent: RecordedWorker) {
    const { from } = agent.prompt(permission ?? '');
    return { from, request: (await agent.next('permission_request', from)).data };
  }

  /** Prompts, waits to be asked, chooses an option, and returns the turn. */
  async function answer(agent: RecordedWorker, kind: 'allow_once' | 'allow_always' | 'reject_once') {
    const { from, request } = await ask(agent);
    const option = request.options?.find((offered) => offered.kind === kind);
    expect(option, `an option ${kind}`).toBeDefined();
    const allowed = kind !== 'reject_once';
    agent.respond({ kind: 'permission', id: request.id, allowed, optionId: option?.id });
    return agent.turnFrom(from);
  }

  describe(`${name}: permission`, () => {
    test('[E4] allowed once: the tool runs, and the next time it asks again', () =>
      shared.play(async (agent) => {
        const turn = await answer(agent, 'allow_once');
        for (const event of turn) expectShape(event);
        expectAllowed(turn);
        expect(ofType(await answer(agent, 'allow_once'), 'permission_request')).toHaveLength(1);
      }));

    test('[E4] allowed for the session: it does not ask again', () =>
      play(setUp, async (agent) => {
        await answer(agent, 'allow_always');
        const turn = await agent.turn(permission);
        expect(ofType(turn, 'permission_request')).toEqual([]);
        expectAllowed(turn);
      }));

    test('[E4] denied: the tool does not run and the result says so', () =>
      shared.play(async (agent) => expectDenied(await answer(agent, 'reject_once'))));

    test('[E4] denied because nobody answered in time, which chooses no option', () =>
      shared.play(async (agent) => {
        const { from, request } = await ask(agent);
        agent.respond({ kind: 'permission', id: request.id, allowed: false, reason: 'no answer in time' });
        expectDenied(await agent.turnFrom(from));
      }));

    test('[E4] an answer to something it did not ask changes nothing', () =>
      shared.play(async (agent) => {
        const { from, request } = await ask(agent);
        agent.respond({ kind: 'permission', id: 'of somebody else', allowed: true });
        agent.respond({ kind: 'permission', id: request.id, allowed: false });
        agent.respond({ kind: 'permission', id: request.id, allowed: true });
        expectDenied(await agent.turnFrom(from));
      }));

    test('[E4] interrupted while it asks: the request is withdrawn', () =>
      shared.play(async (agent) => {
        const { from, request } = await ask(agent);
        agent.worker.interrupt();
        const turn = await agent.turnFrom(from);
        expect(ofType(turn, 'interaction.withdrawn').map(({ data }) => data.id)).toEqual([request.id]);
        expectInterrupted(turn);
      }));
  });
}

function expectAllowed(turn: readonly WorkerEvent[]): void {
  const results = ofType(turn, 'tool_result');
  expect(results).not.toEqual([]);
  expect(results.filter(({ data }) => data.denied || data.error !== undefined)).toEqual([]);
}

function expectDenied(turn: readonly WorkerEvent[]): void {
  const asked = ofType(turn, 'permission_request').map(({ data }) => data.tool_call_id);
  const denied = ofType(turn, 'tool_result').filter(({ data }) => data.denied);
  expect(denied.map(({ data }) => data.id)).toEqual(asked);
}
