import type { SessionConfig } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { ofType } from '../of-type.ts';
import type { RecordedWorker } from '../recorded-worker.ts';
import { textOf } from '../text-of.ts';
import type { ContractStage, SettingScene, WorkerContract } from './contract.ts';
import { play } from './play.ts';
import type { SharedAgent } from './shared-agent.ts';

type Field = keyof SessionConfig;
type Options = { scene: SettingScene; stage: ContractStage };
type Proof = (agent: RecordedWorker, options: Options) => Promise<void>;

/** Proved elsewhere: in the permission modes, by the tools' files, and by the session alone. */
const elsewhere: readonly Field[] = ['permission_mode', 'work_dir', 'metadata'];

/** What makes it true that a field of `init.config` reaches the agent. */
const proofs: Partial<Record<Field, Proof>> = {
  async model(agent, { scene: { value, prompt } }) {
    const [end] = ofType(await agent.turn(prompt), 'done');
    expect(end?.data.stats?.model).toBe(value);
  },
  async system_prompt(agent, { scene: { prompt, says = '' } }) {
    expect(textOf(await agent.turn(prompt))).toContain(says);
  },
  async allowed_tools(agent, { scene: { prompt } }) {
    const turn = await agent.turn(prompt);
    expect(ofType(turn, 'permission_request')).toEqual([]);
    const results = ofType(turn, 'tool_result');
    expect(results).not.toEqual([]);
    expect(results.filter(({ data }) => data.denied || data.error !== undefined)).toEqual([]);
  },
  async disallowed_tools(agent, { scene: { prompt } }) {
    const turn = await agent.turn(prompt);
    expect(ofType(turn, 'permission_request')).toEqual([]);
    const results = ofType(turn, 'tool_result');
    expect(results.filter(({ data }) => !data.denied && data.error === undefined)).toEqual([]);
  },
  async max_turns(agent, { scene: { prompt } }) {
    const turn = await agent.turn(prompt);
    expect(ofType(turn, 'error').map(({ data }) => data.code)).toEqual(['BUDGET_EXCEEDED']);
    expect(ofType(turn, 'done')[0]?.data.success).toBe(false);
  },
};

/** Every setting that is accepted has its effect, and no other is accepted. */
export function settingContract({ name, setUp, settings }: WorkerContract, shared: SharedAgent): void {
  if (settings === undefined) return;

  describe(`${name}: settings`, () => {
    test('[H3] those that are accepted are those with a scene', () =>
      shared.play(async (_, { definition }) => {
        const accepted = [...definition.accepts].filter((field) => !elsewhere.includes(field));
        expect(accepted.toSorted()).toEqual(Object.keys(settings).sort());
      }));

    for (const [field, scene] of Object.entries(settings)) {
      const proof = scene.prove ?? proofs[field as Field];
      if (!proof) throw new Error(`the scene of ${field} has to prove it: the suite does not know how`);
      test(`[H3] ${field} has its effect`, () =>
        play(setUp, (agent, stage) => proof(agent, { scene, stage }), { config: { [field]: scene.value } }));
    }
  });
}
