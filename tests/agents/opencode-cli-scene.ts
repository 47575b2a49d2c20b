import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { systemClock } from '../../apps/gateway/src/ground/clock.ts';
import { createSpawnProcess } from '../../apps/gateway/src/process/spawn-process.ts';
import { createOpenCodeCli } from '../../apps/gateway/src/worker/opencode-cli/definition.ts';
import { writeHostileProgram } from '../../apps/gateway/test/contracts/worker-contract/hostile-program.ts';
import type { ContractStage, WorkerContract } from '../../apps/gateway/test/contracts/worker-contract.ts';
import { type OpenCodeBench, realOpenCode } from './open-opencode.ts';

/** Leaves a process in a session of its own behind, whose parent is gone at once. */
const grandchild = 'setsid sleep 600 </dev/null >/dev/null 2>&1 &\necho grandchild $!\n';

/**
 * What the contract needs of the real OpenCode, started for each turn, in two files: it takes seconds to start. It tries five
 * times with pauses of 2, 4, 8, 16 and 32 s before it gives a model up that says nothing.
 */
export function openCodeCliContract(bench: OpenCodeBench): WorkerContract {
  vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
  const { environment } = bench;
  const setUp = async ({ model = 'test/one', command = realOpenCode } = {}): Promise<ContractStage> => {
    const workDir = await bench.workDir();
    await writeFile(join(workDir, 'grandchild.sh'), grandchild);
    return {
      definition: createOpenCodeCli({
        ...{ spawn: createSpawnProcess({ clock: systemClock }), clock: systemClock, environment, command },
      }),
      setUp: { type: 'opencode_cli', environment, command },
      workDir,
      config: { model, allowed_tools: ['edit', 'bash(sleep *)', 'bash(sh grandchild.sh)'] },
      [Symbol.asyncDispose]: async () => {},
    };
  };
  return {
    name: 'opencode_cli',
    capabilities: {
      process: 'per_turn',
      supports_resume: true,
      supports_delta: false,
      supports_tool_call: true,
      supports_reasoning: true,
      supports_permission: false,
      supports_question: false,
      supports_elicitation: false,
      modalities: ['text'],
      steer: false,
      interrupt: true,
      survives_restart: true,
      fork: true,
      rewind: false,
      permission_modes: ['default', 'acceptEdits', 'plan', 'dontAsk'],
    },
    setUp: () => setUp(),
    setUpMissing: () => setUp({ command: '/nowhere/opencode' }),
    setUpHostile: async (hostility) =>
      setUp({ command: await writeHostileProgram(bench.root, { hostility, file: realOpenCode }) }),
    prompts: {
      text: {
        prompt: '@@text(Here are some words in more than one piece.)',
        says: 'Here are some words in more than one piece.',
      },
      reasoning: '@@think',
      tool: '@@parallel',
      edit: { prompt: '@@edit(notes.txt)', file: 'notes.txt', adds: 'BETA' },
      // It tells nothing before something has ended, so these end one thing first.
      endless: '@@look-slow',
      endlessTool: '@@look-and(sleep 600)',
      memory: { remember: 'The word is plum. @@text(Noted.)', recall: '@@recall', fact: 'The word is plum.' },
      grandchild: '@@bash(sh grandchild.sh)',
    },
    commands: {
      set_model: { args: 'test/two' },
      model: { args: 'test/two' },
      set_permission: { args: 'plan' },
    },
    settings: {
      model: { value: 'test/two', prompt: '@@text' },
      allowed_tools: { value: ['bash(touch *)'], prompt: '@@touch(made)' },
      disallowed_tools: { value: ['bash'], prompt: '@@bash(echo one)' },
    },
    failures: {
      unauthorized: { prompt: '@@unauthorized', code: 'UNAUTHORIZED', retries: false },
      'rate-limited': { prompt: '@@limited-for-good', code: 'RATE_LIMITED', retries: false },
      'server-error': { prompt: '@@broken', code: 'INTERNAL_ERROR', retries: false },
      overloaded: { prompt: '@@overloaded', code: 'INTERNAL_ERROR', retries: false },
      refused: {
        prompt: '@@text',
        code: 'INTERNAL_ERROR',
        retries: false,
        setUp: () => setUp({ model: 'gone/one' }),
      },
      cut: { prompt: '@@cut', code: 'INTERNAL_ERROR', retries: false, takesLong: true },
    },
  };
}
