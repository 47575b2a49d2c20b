import { afterAll, vi } from 'vitest';
import { systemClock } from '../../apps/gateway/src/ground/clock.ts';
import { createIds } from '../../apps/gateway/src/ground/ids.ts';
import { createSpawnProcess } from '../../apps/gateway/src/process/spawn-process.ts';
import { createOpenCodeServer } from '../../apps/gateway/src/worker/opencode-server/definition.ts';
import { type ContractStage, workerContract } from '../../apps/gateway/test/contracts/worker-contract.ts';
import { OpenCodeBench, realOpenCode } from './open-opencode.ts';

// Five tries with pauses of 2, 4, 8, 16 and 32 s before OpenCode gives a model up that says nothing.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

// One server for all tests, as in the gateway: a start costs seconds of CPU.
const bench = await OpenCodeBench.open();
const { environment } = bench;
const spawn = createSpawnProcess({ clock: systemClock });
const ground = { spawn, clock: systemClock, ids: createIds(), environment };
const definition = createOpenCodeServer({ ...ground, command: realOpenCode });
const missing = createOpenCodeServer({ ...ground, command: '/nowhere/opencode' });

afterAll(async () => {
  await definition.close();
  await bench[Symbol.asyncDispose]();
});

async function setUp(model = 'test/one', of = definition): Promise<ContractStage> {
  return {
    definition: of,
    setUp: { type: 'opencode_server', environment, command: realOpenCode },
    workDir: await bench.workDir(),
    config: { model, allowed_tools: ['bash(sleep *)'] },
    sharedPid: () => {
      if (of.serverPid === undefined) throw new Error('the server does not run');
      return of.serverPid;
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

workerContract({
  name: 'opencode_server',
  capabilities: {
    process: 'shared',
    supports_resume: true,
    supports_delta: true,
    supports_tool_call: true,
    supports_reasoning: true,
    supports_permission: true,
    supports_question: true,
    supports_elicitation: false,
    modalities: ['text', 'image'],
    steer: true,
    interrupt: true,
    survives_restart: true,
    fork: true,
    rewind: true,
    permission_modes: ['default', 'acceptEdits', 'plan', 'dontAsk'],
  },
  setUp: () => setUp(),
  setUpMissing: () => setUp('test/one', missing),
  prompts: {
    text: {
      prompt: '@@text(Here are some words in more than one piece.)',
      says: 'Here are some words in more than one piece.',
    },
    reasoning: '@@think',
    image: { prompt: 'Look. @@picture', says: 'I see 1 picture.' },
    tool: '@@parallel',
    edit: { prompt: '@@edit(notes.txt)', file: 'notes.txt', adds: 'BETA' },
    permission: '@@touch(made)',
    question: '@@ask',
    endless: '@@slow',
    endlessTool: '@@bash(sleep 600)',
    endlessRetry: '@@limited-for-long',
    steerable: '@@joined',
    memory: {
      ...{ remember: 'The word is plum. @@text(Noted.)', recall: '@@recall', fact: 'The word is plum.' },
      later: { remember: 'And pear. @@text(Noted, too.)', recall: '@@recall-all', fact: 'And pear.' },
    },
  },
  commands: {
    set_model: { args: 'test/two' },
    model: { args: 'test/two' },
    set_permission: { args: 'plan' },
    context_usage: {},
    mcp_status: {},
    skills: {},
    compact: { inTurn: true },
    clear: {},
  },
  settings: {
    model: { value: 'test/two', prompt: '@@text' },
    system_prompt: { value: 'Say XYZZY in the end.', prompt: '@@system', says: 'XYZZY' },
    allowed_tools: { value: ['bash(touch *)'], prompt: '@@touch(made)' },
    disallowed_tools: { value: ['bash'], prompt: '@@bash(echo one)' },
  },
  failures: {
    unauthorized: { prompt: '@@unauthorized', code: 'UNAUTHORIZED', retries: false },
    'rate-limited': { prompt: '@@limited-for-good', code: 'RATE_LIMITED', retries: true },
    'server-error': { prompt: '@@broken', code: 'INTERNAL_ERROR', retries: true },
    overloaded: { prompt: '@@overloaded', code: 'INTERNAL_ERROR', retries: true },
    refused: {
      prompt: '@@text',
      code: 'INTERNAL_ERROR',
      retries: true,
      setUp: () => setUp('gone/one'),
    },
    cut: { prompt: '@@cut', code: 'INTERNAL_ERROR', retries: true },
  },
});
