import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packPackages, runTool } from '../support/packed-packages.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = 'tests/support/peer-chat.ts';
const { peerDependencies } = JSON.parse(
  readFileSync(join(root, 'packages/ai-sdk-transport/package.json'), 'utf8'),
);
const range: string = peerDependencies.ai;
/** The one that we build with: newer ones come by a change of the catalog, and not by night. */
const { version: newest } = createRequire(import.meta.url)('ai/package.json') as { version: string };
const folder = mkdtempSync(join(tmpdir(), 'hotplex-peers-'));

let tarballs: readonly string[];
let gateway: RunningGateway;
beforeAll(async () => {
  const [packed, started] = await Promise.all([packPackages(folder), startGateway()]);
  [tarballs, gateway] = [[...packed.values()], started];
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await gateway?.[Symbol.asyncDispose]();
});

/** Installs our packages with a version of the AI SDK, and plays a chat with it; gives what was printed. */
async function chatWith(name: string, version: string) {
  const app = join(folder, name);
  mkdirSync(app);
  await runTool('npm', ['init', '-y', '--init-type=module'], { cwd: app });
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', '--strict-peer-deps'];
  await runTool('npm', ['install', ...quiet, ...tarballs, `ai@${version}`], { cwd: app });
  // At the same paths as here, so that they find each other.
  for (const path of [program, 'packages/ai-sdk-transport/test'])
    cpSync(join(root, path), join(app, path), { recursive: true });
  const env = { HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey };
  const printed = await runTool(process.execPath, [program], { cwd: app, env });
  const installed = JSON.parse(readFileSync(join(app, 'node_modules/ai/package.json'), 'utf8')).version;
  return { installed, printed };
}

test('[E4] [R3] a chat is the same with the lowest and the highest version of the AI SDK', async () => {
  const least = /^\^(\d+\.\d+\.\d+)$/.exec(range)?.[1] ?? 'the range does not begin with one version';
  const [lowest, highest] = [await chatWith('lowest', least), await chatWith('highest', newest)];
  expect(lowest.installed).toBe(least);
  expect(highest.installed).not.toBe(least);
  expect(JSON.parse(lowest.printed)).toEqual([
    ['ready', ['user', 'assistant'], 'approval-requested'],
    ['ready', ['user', 'assistant'], 'output-available'],
    [
      'streaming',
      ['user', 'assistant', 'user', 'assistant'],
      'I wait until you interrupt me or say something. ',
    ],
    ['ready', ['user', 'assistant', 'user', 'assistant'], 'interrupted'],
  ]);
  expect(highest.printed).toBe(lowest.printed);
});
