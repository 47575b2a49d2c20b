import { realClaude } from './open-claude.ts';
import { policyContract } from './policy-contract.ts';

policyContract({
  workerType: 'claude_code',
  environment: (model) => ({
    ANTHROPIC_BASE_URL: model.url,
    ANTHROPIC_API_KEY: 'sk-ant-of-a-test',
    CLAUDE_CODE_MAX_RETRIES: '2',
    HOTPLEX_WORKER_CLAUDE_CODE_COMMAND: realClaude,
  }),
  config: { model: 'claude-sonnet-4-5' },
  shell: 'Bash',
  reads: (path) => `@@read(${path})`,
});
