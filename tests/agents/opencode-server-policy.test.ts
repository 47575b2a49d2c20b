import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCodeScenarios } from '../support/model/opencode-scenarios.ts';
import { installedPlugin, realOpenCode, toOpenCodeConfig, withoutCatalogue } from './open-opencode.ts';
import { policyContract } from './policy-contract.ts';

policyContract({
  workerType: 'opencode_server',
  scenarios: openCodeScenarios,
  environment: (model) => ({
    // The operator's own configuration allows what the policy refuses: the server does not ask about that.
    OPENCODE_CONFIG_CONTENT: JSON.stringify({
      ...toOpenCodeConfig(model.url),
      permission: { bash: { '*': 'ask', 'cp *': 'allow' }, read: { '*': 'ask', '*_ed25519': 'allow' } },
    }),
    ...withoutCatalogue,
    HOTPLEX_WORKER_OPENCODE_COMMAND: realOpenCode,
    HOTPLEX_WORKER_OPENCODE_ENVIRONMENT: ['OPENCODE_CONFIG_CONTENT', ...Object.keys(withoutCatalogue)].join(
      ',',
    ),
  }),
  async prepare(home) {
    const folder = join(home, '.config', 'opencode');
    await mkdir(join(folder, 'node_modules'), { recursive: true });
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify(installedPlugin));
  },
  shell: 'bash',
  reads: (path) => `@@read(${path})`,
});
