import type { SessionConfig } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { ofType } from '../of-type.ts';
import type { RecordedWorker } from '../recorded-worker.ts';
import { textOf } from '../text-of.ts';
import type { CommandScene, WorkerContract } from './contract.ts';
import { play, type Scene } from './play.ts';
import type { SharedAgent } from './shared-agent.ts';

type Proof = (agent: RecordedWorker, contract: WorkerContract, scene: CommandScene) => Promise<void>;

/** What makes it true that a command of the protocol works. */
const proofs: Readonly<Record<string, Proof>> = {
  set_model: provesModel('set_model'),
  model: provesModel('model'),
  async set_permission(agent, { prompts }, { args = '' }) {
    await agent.turn(prompts.text.prompt);
    const from = agent.command({ command: 'set_permission', args });
    const { data } = await agent.next('worker.notice', from);
    expect(data).toMatchObject({ kind: 'permission_mode', details: { mode: args } });
  },
  context_usage: provesAnswer('context_usage', 'context_usage'),
  mcp_status: provesAnswer('mcp_status', 'mcp_status'),
  skills: provesAnswer('skills', 'skills_list'),
  async compact(agent, { prompts }, { inTurn }) {
    await agent.turn(prompts.memory.remember);
    const from = agent.command({ command: 'compact' });
    await agent.until('a notice of the compaction', () =>
      agent.all('worker.notice', from).find(({ data }) => data.kind === 'compaction'),
    );
    if (inTurn) expect((await agent.next('done', from)).data.success).toBe(true);
    expect(agent.all('error', from)).toEqual([]);
    expect(textOf(await agent.turn(prompts.text.prompt))).toBe(prompts.text.says);
  },
  async clear(agent, { prompts: { memory } }, { inTurn }) {
    await agent.turn(memory.remember);
    const { session } = agent;
    const from = agent.command({ command: 'clear' });
    await agent.until('a new conversation', () =>
      agent.all('worker.session', from).find(({ data }) => data.id !== session),
    );
    if (inTurn) await agent.next('done', from);
    expect(textOf(await agent.turn(memory.recall))).not.toContain(memory.fact);
  },
};

/** They only tell something. */
const questions: readonly string[] = ['context_usage', 'mcp_status', 'skills'];

/** Every command that is announced works, and no other is taken. */
export function commandContract(contract: WorkerContract, shared: SharedAgent): void {
  const { name, setUp, commands, capabilities, prompts } = contract;
  const onItsOwn = (scene: Scene) => play(setUp, scene);
  const onShared = (scene: Scene) => shared.play(scene);
  const inConversation = (scene: Scene) =>
    shared.play(async (agent, stage) => {
      await agent.turn(prompts.text.prompt);
      await scene(agent, stage);
    });

  describe(`${name}: commands`, () => {
    for (const [command, scene] of Object.entries(commands)) {
      const proof = proofs[command];
      const onAgent = questions.includes(command) ? onShared : onItsOwn;
      const playOn = scene.inConversation ? inConversation : onAgent;
      test(`[I5] ${command} works`, () =>
        playOn(async (agent) => {
          if (scene.prove) await scene.prove(agent);
          else if (proof) await proof(agent, contract, scene);
          else throw new Error(`the scene of ${command} has to prove it: the suite does not know how`);
        }));
    }

    if (Object.keys(commands).length > 0) {
      test('[I5] one that it does not have is refused by name, and does no harm', () =>
        shared.play(async (agent) => {
          const from = agent.command({ command: 'no_such_command' });
          expect((await agent.next('error', from)).data).toMatchObject({
            code: 'NOT_SUPPORTED',
            message: expect.stringContaining('no_such_command'),
          });
          expect(textOf(await agent.turn(prompts.text.prompt))).toBe(prompts.text.says);
        }));
    }

    const modes = capabilities.permission_modes ?? [];
    for (const mode of modes) {
      test(`[H3] it starts in the permission mode ${mode}`, () =>
        play(
          setUp,
          async (agent) => {
            expect(textOf(await agent.turn(prompts.text.prompt))).toBe(prompts.text.says);
          },
          { config: { permission_mode: mode as SessionConfig['permission_mode'] } },
        ));
    }
  });
}

function provesModel(command: string): Proof {
  return async (agent, { prompts }, { args = '' }) => {
    const before = ofType(await agent.turn(prompts.text.prompt), 'done')[0]?.data.stats?.model;
    expect(before).not.toBe(args);
    const from = agent.command({ command, args });
    expect((await agent.next('worker.notice', from)).data).toMatchObject({
      kind: 'model',
      details: { model: args },
    });
    const turn = await agent.turn(prompts.text.prompt);
    expect(ofType(turn, 'done')[0]?.data.stats?.model).toBe(args);
  };
}

function provesAnswer(command: string, type: 'context_usage' | 'mcp_status' | 'skills_list'): Proof {
  return async (agent, { prompts }) => {
    await agent.turn(prompts.text.prompt);
    const from = agent.command({ command });
    await agent.next(type, from);
    expect(agent.all('error', from)).toEqual([]);
  };
}
