import { expect, test } from 'vitest';
import { createNewcomer, shellBlocks } from '../support/newcomer.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';

test('docs/sdks/python.md, word for word', async () => {
  await using gateway = await startGateway();
  using somebody = createNewcomer(gateway);
  const [lines = ''] = shellBlocks('sdks/python.md', 'Five minutes');
  const env = { HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey };
  expect(await somebody.type(lines, { env })).toContain('0 1 2');
}, 180_000);
