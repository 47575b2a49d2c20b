import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AepClient, ChangesApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { HOTPLEX_POLICY_MODE: 'auto_allow_safe' } });
});
afterAll(() => gateway?.[Symbol.asyncDispose]());

const changes = () => new ChangesApi({ url: gateway.url, auth: apiKey });
const write = (path: string, text: string) => writeFileSync(join(gateway.workDir, path), text);
const read = (path: string) => readFileSync(join(gateway.workDir, path), 'utf8');

test('what an agent really changed is told by turn, put back, and known after a restart', async () => {
  mkdirSync(join(gateway.workDir, 'src'));
  write('src/tea.md', '# Tea\n\n- green\n');
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  const { session_id: sessionId } = await client.connect();
  for (const prompt of ['edit src/tea.md - white', 'edit notes.txt blue', 'edit src/tea.md - oolong']) {
    await client.prompt(prompt).done;
    // What a turn left is looked at behind its end: the next one may not be quicker than that.
    await changes().list(sessionId);
  }
  const { files, turns } = await changes().list(sessionId);
  expect(files).toMatchObject([
    { path: 'notes.txt', kind: 'added', added: 1, removed: 0 },
    { path: 'src/tea.md', kind: 'modified', added: 2, removed: 0 },
  ]);
  expect(turns.map((turn) => turn.files)).toEqual([1, 1, 1]);
  const [, , third] = turns;
  const diff = await changes().diff(sessionId, 'src/tea.md', { since: third?.id ?? '' });
  expect(diff.sides).toEqual({
    before: '# Tea\n\n- green\n- white\n',
    after: '# Tea\n\n- green\n- white\n- oolong\n',
  });
  await gateway.restart();
  const { state } = await changes().list(sessionId);
  const { restored } = await changes().revert(sessionId, { to: third?.id ?? '', seen: state });
  expect(restored).toMatchObject([{ path: 'src/tea.md' }]);
  expect(read('src/tea.md')).toBe('# Tea\n\n- green\n- white\n');
});
