import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createNewcomer, shellBlocks } from '../support/newcomer.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';

/** What this machine's Go has fetched and compiled, and where from: only its time is saved. */
const known = ['GOENV', 'GOCACHE', 'GOMODCACHE'];
const [environment = '', cache = '', modules = ''] = execFileSync('go', ['env', ...known], {
  encoding: 'utf8',
})
  .trim()
  .split('\n');

test('docs/sdks/go.md, word for word', async () => {
  await using gateway = await startGateway();
  using somebody = createNewcomer(gateway);
  const [lines = ''] = shellBlocks('sdks/go.md', 'Five minutes');
  const env = {
    HOTPLEX_URL: gateway.url,
    HOTPLEX_KEY: apiKey,
    GOENV: environment,
    GOCACHE: cache,
    GOMODCACHE: modules,
  };
  expect(await somebody.type(lines, { env })).toContain('0 1 2');
}, 180_000);
