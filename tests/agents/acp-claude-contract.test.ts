import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { writeHostileProgram } from '../../apps/gateway/test/contracts/worker-contract/hostile-program.ts';
import { workerContract } from '../../apps/gateway/test/contracts/worker-contract.ts';
import { acpCapabilities } from './acp-capabilities.ts';
import { setClaudeModel as setModel } from './claude-model-scene.ts';
import { openAcp, realProgram } from './open-acp.ts';

const agent = 'claude';

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
  name: 'acp: claude-agent-acp',
  capabilities: acpCapabilities,
  setUp: () => openAcp({ agent }),
  setUpMissing: () => openAcp({ agent, command: () => '/nowhere/claude-agent-acp' }),
  setUpHostile: (hostility) =>
    openAcp({
      agent,
      command: (root) => writeHostileProgram(root, { hostility, file: realProgram('claude-agent-acp') }),
    }),
  prompts: {
    text: {
      prompt: '@@text(Here are some words in more than one piece.)',
      says: 'Here are some words in more than one piece.',
    },
    reasoning: '@@think',
    tool: '@@parallel',
    edit: { prompt: '@@edit(notes.txt)', file: 'notes.txt', adds: 'BETA' },
    permission: '@@touch(made)',
    endless: '@@slow',
    endlessTool: '@@bash(tail -f /dev/null)',
    memory: { remember: 'The word is plum. @@text(Noted.)', recall: '@@recall', fact: 'The word is plum.' },
    grandchild: '@@bash(sh grandchild.sh)',
  },
  commands: {
    set_model: setModel,
    model: setModel,
    set_permission: { args: 'plan' },
    context_usage: {},
    skills: {},
    clear: {},
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
      setUp: async () =>
        openAcp({ agent, environment: { ANTHROPIC_BASE_URL: `http://127.0.0.1:${await closedPort()}` } }),
    },
    cut: { prompt: '@@cut', code: 'INTERNAL_ERROR', retries: false },
  },
});
