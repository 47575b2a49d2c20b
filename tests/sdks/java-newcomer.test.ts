import { cpSync, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createNewcomer, shellBlocks } from '../support/newcomer.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';

const fetched = join(homedir(), '.m2/repository');

test('docs/sdks/java.md, word for word', async () => {
  await using gateway = await startGateway();
  using somebody = createNewcomer(gateway);
  // Java looks for a home of its own. What this machine has fetched saves time; our client is not among it.
  const repository = join(somebody.folder, '../repository');
  if (existsSync(fetched))
    cpSync(fetched, repository, { recursive: true, filter: (path) => !path.includes('hotplex') });
  const [lines = ''] = shellBlocks('sdks/java.md', 'Five minutes');
  const env = {
    ...{ HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey },
    MAVEN_OPTS: `-XX:TieredStopAtLevel=1 -Dmaven.repo.local=${repository}`,
  };
  expect(await somebody.type(lines, { env })).toContain('0 1 2');
}, 180_000);
