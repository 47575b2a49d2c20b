import { describe, expect, test } from 'vitest';
import { ofType } from '../of-type.ts';
import { textOf } from '../text-of.ts';
import type { WorkerContract } from './contract.ts';
import { expectClosedBlocks } from './expect-closed-blocks.ts';
import { GatewaysInTurn } from './gateways-in-turn.ts';
import { isAlive } from './is-alive.ts';

/** An agent that outlives its gateway, proved with a gateway that is killed in the middle of a turn. */
export function survivalContract({ name, capabilities, setUp, prompts }: WorkerContract): void {
  const { text, permission } = prompts;
  const isPerTurn = capabilities.process === 'per_turn';
  /** Told when the agent is at work and has not ended. */
  const sign = capabilities.supports_delta ? 'message.start' : 'worker.session';

  if (!capabilities.survives_restart) return;

  describe(`${name}: when the gateway is killed`, () => {
    test('[G8] the turn goes on and is told to its end once, and the next one runs as if nothing had happened', async () => {
      await using stage = await setUp();
      await using gateways = await GatewaysInTurn.open(stage);
      const left = await gateways.killAfter(sign, text.prompt);
      const { pid } = left.state.process;
      // One that lives for a turn may be through with it by now; its end is waiting in the spool then.
      if (!isPerTurn) expect(isAlive(pid)).toBe(true);
      await using agent = gateways.goOn(left);
      const whole = () => [...left.events, ...agent.events].filter(({ type }) => type !== 'worker.ready');
      await agent.until('the end of the turn', () => ofType(whole(), 'done')[0]);
      expectClosedBlocks(whole());
      expect(textOf(whole())).toBe(text.says);
      const ready = ofType(left.events, 'worker.ready');
      if (ready.length > 0) await agent.next('worker.ready');
      expect(agent.all('worker.ready')).toEqual(ready);
      expect(textOf(await agent.turn(text.prompt))).toBe(text.says);
      expect(ofType(whole(), 'done').map(({ data }) => data.success)).toEqual([true, true]);
      expect(ofType(whole(), 'turn.started')).toEqual([]);
      if (!isPerTurn) expect(agent.worker.save?.()?.process.pid, 'the same process').toBe(pid);
      await agent.worker.stop();
      await gateways.close();
      expect(isAlive(pid)).toBe(false);
    });

    test('[G8] notes that cannot be read end the process, and its exit says why', async () => {
      await using stage = await setUp();
      await using gateways = await GatewaysInTurn.open(stage);
      const { state, events } = await gateways.killAfter(sign, text.prompt);
      await using agent = gateways.goOn({ events, state: { ...state, memory: { version: 'of tomorrow' } } });
      const exit = await agent.exit();
      expect(exit).toMatchObject({
        reason: 'start-failed',
        message: expect.stringContaining('another version'),
      });
      expect(isAlive(state.process.pid)).toBe(false);
      expect(agent.events).toEqual([]);
    });

    if (permission === undefined) return;

    test('[G8] what it asked can be answered by the next one', async () => {
      await using stage = await setUp();
      await using gateways = await GatewaysInTurn.open(stage);
      const left = await gateways.killAfter('permission_request', permission);
      const [asked] = ofType(left.events, 'permission_request');
      if (!asked) throw new Error('nothing was asked');
      await using agent = gateways.goOn(left);
      const answer = { kind: 'permission', id: asked.data.id, allowed: true } as const;
      agent.respond(answer);
      // As after a gateway that does not know whether the agent heard it.
      agent.respond(answer);
      await agent.next('done');
      const [result] = agent.all('tool_result');
      expect(result?.data).toMatchObject({ id: asked.data.tool_call_id });
      expect(result?.data.denied).toBeUndefined();
      expect(agent.all('done').map(({ data }) => data.success)).toEqual([true]);
    });
  });
}
