import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { acpScenarios } from '../support/model/acp-scenarios.ts';
import { realProgram } from './open-acp.ts';
import { installedPlugin, toOpenCodeConfig, withoutCatalogue } from './open-opencode.ts';
import { policyContract } from './policy-contract.ts';

policyContract({
  workerType: 'acpx_opencode',
  scenarios: acpScenarios,
  environment: (model) => ({
    PATH: [dirname(realProgram('acpx')), process.env.PATH].join(delimiter),
    OPENCODE_CONFIG_CONTENT: JSON.stringify(toOpenCodeConfig(model.url)),
    ...withoutCatalogue,
    HOTPLEX_WORKER_ACP_AGENTS: JSON.stringify({
      opencode: { command: realProgram('opencode'), environment: Object.keys(withoutCatalogue) },
    }),
  }),
  async prepare(home) {
    const folder = join(home, '.config', 'opencode');
    await mkdir(join(folder, 'node_modules'), { recursive: true });
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify(installedPlugin));
  },
  shell: 'execute',
  // The protocol has no words for a refusal, and what OpenCode asks about is refused there.
  hearsWhy: false,
  reads: (path) => `@@read(${path})`,
});
