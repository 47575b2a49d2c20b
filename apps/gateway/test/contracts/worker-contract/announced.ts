import { describe, expect, test } from 'vitest';
import type { WorkerContract } from './contract.ts';
import type { SharedAgent } from './shared-agent.ts';

/** The announcement is true: nothing without a scene that proves it, no scene without the announcement. */
export function announcedContract(contract: WorkerContract, shared: SharedAgent): void {
  const { name, capabilities, prompts, commands, failures } = contract;
  const asks =
    capabilities.supports_permission || capabilities.supports_question || capabilities.supports_elicitation;

  describe(`${name}: what it announces`, () => {
    test('[H4] is what its definition says and what this suite has a scene for', () =>
      shared.play(async (_, { definition, setUp: outlivesGateways }) => {
        expect(definition.capabilities).toEqual(capabilities);
        expect({
          supports_reasoning: prompts.reasoning !== undefined,
          supports_permission: prompts.permission !== undefined,
          supports_question: prompts.question !== undefined,
          supports_elicitation: prompts.elicitation !== undefined,
          steer: prompts.steerable !== undefined,
          rewind: prompts.memory.later !== undefined,
          image: prompts.image !== undefined,
          survives_restart: outlivesGateways !== undefined,
        }).toEqual({
          supports_reasoning: capabilities.supports_reasoning,
          supports_permission: capabilities.supports_permission,
          supports_question: capabilities.supports_question,
          supports_elicitation: capabilities.supports_elicitation,
          steer: capabilities.steer,
          rewind: capabilities.rewind,
          image: capabilities.modalities.includes('image'),
          survives_restart: capabilities.survives_restart,
        });
        expect(definition.commands.toSorted()).toEqual(Object.keys(commands).sort());
        expect(definition.accepts.has('permission_mode')).toBe(capabilities.permission_modes !== undefined);
        const retries = Object.values(failures ?? {}).some((failure) => failure.retries);
        expect(prompts.endlessRetry !== undefined).toBe(retries);
      }));

    test('[I5] is what can be called on a worker, and nothing else', () =>
      shared.play(async ({ worker }) => {
        expect({
          steer: worker.steer !== undefined,
          respond: worker.respond !== undefined,
          command: worker.command !== undefined,
          save: worker.save !== undefined,
        }).toEqual({
          steer: capabilities.steer,
          // Whoever has tools waits for the gateway's word before they run.
          respond: asks || capabilities.supports_tool_call,
          command: Object.keys(commands).length > 0,
          save: capabilities.survives_restart,
        });
      }));
  });
}
