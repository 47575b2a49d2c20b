import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { realProgram } from './open-acp.ts';
import { claudeHooks, policyContract } from './policy-contract.ts';

policyContract({
  workerType: 'acp',
  environment: (model) => ({
    ANTHROPIC_BASE_URL: model.url,
    ANTHROPIC_API_KEY: 'sk-ant-of-a-test',
    CLAUDE_CODE_MAX_RETRIES: '2',
    // It refuses to run as root otherwise, which is what tests in a container are.
    IS_SANDBOX: '1',
    HOTPLEX_WORKER_ACP_AGENTS: JSON.stringify({ claude: { command: realProgram('claude-agent-acp') } }),
  }),
  prepare: async (home) => void (await mkdir(join(home, '.claude'), { recursive: true })),
  config: { agent: 'claude' },
  // The protocol has no words for a refusal.
  hearsWhy: false,
  hooks: claudeHooks,
  reads: (path) => `@@read(${path})`,
});
