// Runs every check of the sources that is no test: structure, rules, supply chain, and that what is generated is current.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const checks = [
  ['scripts/check-layers.mjs'],
  ['scripts/check-rules.mjs'],
  ['scripts/check-security.mjs'],
  ['scripts/check-supply-chain.mjs'],
  ['packages/aep-protocol/scripts/write-schema.ts', '--check'],
  ['scripts/write-configuration.ts', '--check'],
  ['scripts/write-command-line.ts', '--check'],
  ['scripts/write-openapi.ts', '--check'],
  ['scripts/write-metrics.ts', '--check'],
  ['scripts/write-agents.ts', '--check'],
  ['scripts/write-helm-values.ts', '--check'],
  ['scripts/write-protocol-tables.ts', '--check'],
  ['scripts/check-docs.ts'],
  ['scripts/generate-sdks.ts', '--check'],
];

for (const check of checks) {
  const { status } = spawnSync(process.execPath, check, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
