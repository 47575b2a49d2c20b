import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { ofType } from '../../apps/gateway/test/contracts/of-type.ts';
import { writeHostileProgram } from '../../apps/gateway/test/contracts/worker-contract/hostile-program.ts';
import { type ContractStage, workerContract } from '../../apps/gateway/test/contracts/worker-contract.ts';
import { ClaudeBench, realClaude } from './open-claude.ts';

/** Leaves a process in a session of its own behind, whose parent is gone at once. */
const grandchild = 'setsid sleep 600 </dev/null >/dev/null 2>&1 &\necho grandchild $!\n';

const allowed_tools = ['Bash(sleep:*)', 'Bash(sh grandchild.sh)'];

const forms = {
  command: execPath,
  args: [fileURLToPath(new URL('../support/mcp/forms-server.ts', import.meta.url))],
};
const withForms = { mcp_servers: { forms }, allowed_tools: ['mcp__forms__ask'] };

async function setUp(
  environment: Record<string, string> = {},
  options: Parameters<typeof ClaudeBench.open>[1] = {},
): Promise<ContractStage> {
  const bench = await ClaudeBench.open(environment, options);
  await writeFile(join(bench.workDir, 'notes.txt'), 'alpha\nbeta\n');
  await writeFile(join(bench.workDir, 'grandchild.sh'), grandchild);
  return {
    definition: bench.definition,
    setUp: bench.setUp,
    workDir: bench.workDir,
    config: { model: 'claude-sonnet-4-5', allowed_tools },
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
}

/** A port on loopback where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

workerContract({
  name: 'claude_code',
  capabilities: {
    process: 'hot',
    supports_resume: true,
    supports_delta: true,
    supports_tool_call: true,
    supports_reasoning: true,
    supports_permission: true,
    supports_question: true,
    supports_elicitation: true,
    modalities: ['text', 'image'],
    steer: true,
    interrupt: true,
    survives_restart: true,
    fork: true,
    rewind: true,
    permission_modes: ['default', 'acceptEdits', 'plan', 'dontAsk', 'auto'],
  },
  setUp: () => setUp(),
  setUpMissing: () => setUp({}, { command: () => '/nowhere/claude' }),
  setUpHostile: (hostility) =>
    setUp({}, { command: (root) => writeHostileProgram(root, { hostility, file: realClaude }) }),
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
    elicitation: {
      prompt: '@@form',
      content: { name: 'Ada', cups: 3 },
      setUp: async () => {
        const stage = await setUp();
        return { ...stage, config: { ...stage.config, ...withForms } };
      },
    },
    endless: '@@slow',
    endlessTool: '@@bash(tail -f /dev/null)',
    endlessRetry: '@@limited-for-long',
    steerable: '@@joined',
    memory: {
      ...{ remember: 'The word is plum. @@text(Noted.)', recall: '@@recall', fact: 'The word is plum.' },
      later: { remember: 'And pear. @@text(Noted, too.)', recall: '@@recall-all', fact: 'And pear.' },
    },
    grandchild: '@@bash(sh grandchild.sh)',
  },
  commands: {
    set_model: { args: 'claude-haiku-4-5' },
    model: { args: 'claude-haiku-4-5' },
    set_permission: { args: 'plan' },
    context_usage: {},
    mcp_status: {},
    skills: {},
    compact: { inTurn: true },
    clear: { inTurn: true },
  },
  settings: {
    model: { value: 'claude-haiku-4-5', prompt: '@@text' },
    system_prompt: { value: 'Say XYZZY in the end.', prompt: '@@system', says: 'XYZZY' },
    allowed_tools: { value: ['Bash(touch:*)'], prompt: '@@touch(made)' },
    disallowed_tools: { value: ['Bash'], prompt: '@@bash(echo one)' },
    mcp_servers: {
      value: { forms, missing: { command: '/nowhere/server', args: [] } },
      prompt: '@@form',
      async prove(agent) {
        const { from } = agent.prompt('@@form');
        const { data: notice } = await agent.next('worker.notice');
        expect(notice).toMatchObject({ kind: 'info', details: { server: 'missing' } });
        const { data } = await agent.next('permission_request', from);
        expect(data.tool_name).toBe('mcp__forms__ask');
        agent.respond({ kind: 'permission', id: data.id, allowed: false });
        expect(ofType(await agent.turnFrom(from), 'tool_call')[0]?.data.kind).toBe('mcp');
      },
    },
    max_turns: { value: 1, prompt: '@@bash(echo one)' },
  },
  failures: {
    unauthorized: { prompt: '@@unauthorized', code: 'UNAUTHORIZED', retries: true },
    'rate-limited': { prompt: '@@limited-for-good', code: 'RATE_LIMITED', retries: true },
    'server-error': { prompt: '@@broken', code: 'INTERNAL_ERROR', retries: true },
    overloaded: { prompt: '@@overloaded', code: 'INTERNAL_ERROR', retries: true },
    refused: {
      prompt: '@@text',
      code: 'INTERNAL_ERROR',
      retries: true,
      setUp: async () => setUp({ ANTHROPIC_BASE_URL: `http://127.0.0.1:${await closedPort()}` }),
    },
    cut: { prompt: '@@cut', code: 'INTERNAL_ERROR', retries: true },
  },
});
