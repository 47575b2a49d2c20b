import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { piScenarios } from '../support/model/pi-scenarios.ts';
import { realPi, toProvider } from './open-pi.ts';
import { policyContract } from './policy-contract.ts';

policyContract({
  workerType: 'pi',
  scenarios: piScenarios,
  environment: () => ({ HOTPLEX_WORKER_PI_COMMAND: realPi, ANTHROPIC_API_KEY: '' }),
  async prepare(home, model) {
    const folder = join(home, '.pi', 'agent');
    await mkdir(folder, { recursive: true });
    const providers = { test: toProvider(model.url) };
    await writeFile(join(folder, 'models.json'), JSON.stringify({ providers }));
  },
  config: { model: 'test/first' },
  shell: 'bash',
  reads: (path) => `@@read(${path})`,
});
