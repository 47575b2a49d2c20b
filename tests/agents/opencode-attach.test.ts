import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SessionsApi } from '@hotplex/client-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { openTerminal } from '../support/open-terminal.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';
import { installedPlugin, realOpenCode, withoutCatalogue } from './open-opencode.ts';

/** A home without a model or a key: all that is said comes from the gateway. */
async function emptyHome() {
  const home = await mkdtemp(join(tmpdir(), 'opencode-attach-'));
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  const config = join(home, '.config', 'opencode');
  await mkdir(join(config, 'node_modules'), { recursive: true });
  await writeFile(join(config, 'package-lock.json'), JSON.stringify(installedPlugin));
  return home;
}

test('[E4] the real `opencode attach`: a prompt, a permission, an interrupt, as a person sees them', async () => {
  await using gateway = await startGateway({
    env: { HOTPLEX_DOORS_OPENCODE_ENABLED: 'true', HOTPLEX_DOORS_OPENCODE_WORKER_TYPE: 'demo' },
  });
  const home = await emptyHome();
  await using terminal = openTerminal({
    command: [realOpenCode, 'attach', `${gateway.url}/opencode`],
    cwd: home,
    env: {
      ...{ PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', OPENCODE_SERVER_PASSWORD: apiKey },
      ...{ OPENCODE_DISABLE_AUTOUPDATE: '1', ...withoutCatalogue },
    },
  });
  const shows = (words: RegExp) => expect.poll(() => terminal.screen()).toMatch(words);
  /** Text that comes with its line end at once is taken for pasted. */
  const say = async (text: string) => {
    terminal.type(text);
    await shows(new RegExp(`┃  ${text}`));
    terminal.type('\r');
  };
  await shows(/Ask anything.*\n.*\n.*Demo \(no model\) HotPlex/);

  await say('permission');
  await shows(/Permission required[\s\S]*\$ touch made-by-the-demo\.txt/);
  terminal.type('\r');
  await shows(/You allowed it, so touch made-by-the-demo\.txt would have run/);

  await say('wait');
  await shows(/I wait until you interrupt me/);
  terminal.type('\x1b');
  await shows(/esc again to interrupt/);
  terminal.type('\x1b');
  await shows(/interrupted/);

  const sessions = new SessionsApi({ url: gateway.url, auth: apiKey });
  const { sessions: known } = await sessions.list();
  const heard: unknown[] = [];
  for await (const { event } of sessions.allEvents(known[0]?.id ?? '')) {
    if (event.type === 'input') heard.push(event.data.content);
    if (event.type === 'permission.resolved') heard.push(event.data.allowed);
    if (event.type === 'done') heard.push(event.data.stats?.stop_reason);
  }
  expect(heard).toEqual(['permission', true, 'end_turn', 'wait', 'interrupted']);
});
