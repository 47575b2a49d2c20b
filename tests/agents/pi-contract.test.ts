import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { ofType } from '../../apps/gateway/test/contracts/of-type.ts';
import { writeHostileProgram } from '../../apps/gateway/test/contracts/worker-contract/hostile-program.ts';
import { type ContractStage, workerContract } from '../../apps/gateway/test/contracts/worker-contract.ts';
import { PiBench, realPi } from './open-pi.ts';

const forms = {
  command: process.execPath,
  args: [fileURLToPath(new URL('../support/mcp/forms-server.ts', import.meta.url))],
};

/** Leaves a process in a session of its own behind, whose parent is gone at once. */
const grandchild = 'setsid sleep 600 </dev/null >/dev/null 2>&1 &\necho grandchild $!\n';

async function setUp(options: Parameters<typeof PiBench.open>[0] = {}): Promise<ContractStage> {
  const bench = await PiBench.open(options);
  await writeFile(join(bench.workDir, 'notes.txt'), 'alpha\nbeta\n');
  await writeFile(join(bench.workDir, 'grandchild.sh'), grandchild);
  return {
    definition: bench.definition,
    setUp: bench.setUp,
    workDir: bench.workDir,
    config: { allowed_tools: ['bash'] },
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
  name: 'pi',
  capabilities: {
    process: 'hot',
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
    rewind: false,
    permission_modes: ['default', 'acceptEdits', 'dontAsk'],
  },
  setUp: () => setUp(),
  setUpMissing: () => setUp({ command: () => '/nowhere/pi' }),
  setUpHostile: (hostility) =>
    setUp({ command: (root) => writeHostileProgram(root, { hostility, file: realPi }) }),
  prompts: {
    text: { prompt: '@@text', says: 'A short answer, told in pieces.' },
    reasoning: '@@think',
    tool: '@@parallel',
    edit: { prompt: '@@edit(notes.txt)', file: 'notes.txt', adds: 'BETA' },
    permission: '@@write(made)',
    question: '@@ask',
    image: { prompt: 'Look. @@picture', says: 'I see 1 picture.' },
    endless: '@@slow',
    endlessTool: '@@bash(sleep 600)',
    endlessRetry: '@@limited-for-long',
    steerable: '@@wait',
    memory: { remember: 'The word is plum. @@text(Noted.)', recall: '@@recall', fact: 'The word is plum.' },
    grandchild: '@@bash(sh grandchild.sh)',
  },
  settings: {
    model: { value: 'test/second', prompt: '@@text' },
    system_prompt: { value: 'Say XYZZY in the end.', prompt: '@@system', says: 'XYZZY' },
    allowed_tools: { value: ['write'], prompt: '@@write(made)' },
    disallowed_tools: { value: ['bash'], prompt: '@@bash(echo one)' },
    mcp_servers: {
      value: { forms },
      prompt: '@@call(mcp__forms__ask)',
      async prove(agent) {
        const { from } = agent.prompt('@@call(mcp__forms__ask)');
        const { data } = await agent.next('permission_request', from);
        expect(data.tool_name).toBe('mcp__forms__ask');
        agent.respond({ kind: 'permission', id: data.id, allowed: false });
        expect(ofType(await agent.turnFrom(from), 'tool_call')[0]?.data.kind).toBe('mcp');
      },
    },
  },
  commands: {
    set_model: { args: 'test/second' },
    model: { args: 'test/second' },
    effort: {
      async prove(agent) {
        await agent.turn('@@text');
        const from = agent.command({ command: 'effort', args: 'high' });
        const { data } = await agent.next('worker.notice', from);
        expect(data).toMatchObject({ kind: 'model', details: { level: 'high' } });
      },
    },
    set_permission: { args: 'acceptEdits' },
    context_usage: {},
    skills: {},
    compact: { inTurn: true },
    clear: { inTurn: true },
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
      setUp: async () => setUp({ modelUrl: `http://127.0.0.1:${await closedPort()}` }),
    },
    cut: { prompt: '@@cut', code: 'INTERNAL_ERROR', retries: true },
  },
});
