import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SessionConfig } from '@hotplex/aep-protocol';
import { systemClock } from '../../apps/gateway/src/ground/clock.ts';
import { createIds } from '../../apps/gateway/src/ground/ids.ts';
import { createSpawnProcess } from '../../apps/gateway/src/process/spawn-process.ts';
import { createAcp } from '../../apps/gateway/src/worker/acp/definition.ts';
import type { WorkerDefinition } from '../../apps/gateway/src/worker/worker.ts';
import type { ContractStage } from '../../apps/gateway/test/contracts/worker-contract.ts';
import { acpScenarios } from '../support/model/acp-scenarios.ts';
import type { Scenario } from '../support/model/script.ts';
import { type Model, startModel } from '../support/model/start-model.ts';
import { withoutCatalogue } from './open-opencode.ts';

const programs = fileURLToPath(new URL('../real-agents/node_modules/.bin/', import.meta.url));

/** The real program, installed on its own so that nobody downloads it who does not test with it. */
export function realProgram(name: string): string {
  const path = join(programs, name);
  if (existsSync(path)) return path;
  throw new Error('install the real agents first: pnpm install --dir tests/real-agents --frozen-lockfile');
}

/** Leaves a process in a session of its own behind, whose parent is gone at once. */
const grandchild = 'setsid sleep 600 </dev/null >/dev/null 2>&1 &\necho grandchild $!\n';

export type AcpStage = ContractStage & { readonly model: Model; readonly root: string };

export type AcpStageOptions = {
  agent: 'claude' | 'opencode';
  /** Another program than the real one; it may be written into the folder. */
  command?: (root: string) => string | Promise<string>;
  environment?: Readonly<Record<string, string>>;
  config?: SessionConfig;
  /** Another adapter than `acp`, with the agent behind it. */
  define?: (options: DefineOptions & { root: string }) => WorkerDefinition;
  scenarios?: Readonly<Record<string, Scenario>>;
};

const realNames = { claude: 'claude-agent-acp', opencode: 'opencode' } as const;

/** A work dir, a home and a scripted model of their own, and the adapter that runs the real agent with them. */
export async function openAcp({
  agent,
  command,
  environment = {},
  config = {},
  define,
  scenarios,
}: AcpStageOptions): Promise<AcpStage> {
  const root = await mkdtemp(join(tmpdir(), 'acp-'));
  const workDir = join(root, 'work');
  for (const folder of ['work', 'home', 'tmp']) await mkdir(join(root, folder));
  await writeFile(join(workDir, 'notes.txt'), 'alpha\nbeta\n');
  await writeFile(join(workDir, 'grandchild.sh'), grandchild);
  const model = await startModel(scenarios ?? (agent === 'opencode' ? acpScenarios : undefined));
  const settings =
    agent === 'claude' ? await claudeSettings(root, model.url) : await openCodeSettings(root, model.url);
  const how: DefineOptions = {
    agent,
    command: command ? await command(root) : realProgram(realNames[agent]),
    environment: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: join(root, 'home'),
      LANG: 'C.UTF-8',
      ...settings,
      ...environment,
    },
  };
  return {
    ...{ workDir, model, root },
    definition: define ? define({ ...how, root }) : defineAcp(how),
    ...(define ? {} : { setUp: { type: 'acp', ...how } }),
    config: { agent, ...config },
    async [Symbol.asyncDispose]() {
      await model.close();
      await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

export type DefineOptions = {
  agent: string;
  command: string;
  environment: Readonly<Record<string, string>>;
};

/** The adapter on this machine, with this program for the agent. */
export function defineAcp({ agent, command, environment }: DefineOptions): WorkerDefinition {
  const clock = systemClock;
  const spawn = createSpawnProcess({ clock });
  return createAcp({
    ...{ spawn, clock, environment },
    ids: createIds(),
    ...{ agent, agents: { [agent]: { command } } },
  });
}

async function claudeSettings(root: string, url: string): Promise<Record<string, string>> {
  const folder = join(root, 'claude');
  await mkdir(folder);
  const allow = ['Bash(sleep:*)', 'Bash(sh grandchild.sh)'];
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ permissions: { allow } }));
  return {
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'sk-ant-of-a-test',
    CLAUDE_CONFIG_DIR: folder,
    CLAUDE_CODE_TMPDIR: join(root, 'tmp'),
    CLAUDE_CODE_MAX_RETRIES: '2',
    // It refuses to run as root otherwise, which is what tests in a container are.
    IS_SANDBOX: '1',
  };
}

async function openCodeSettings(root: string, url: string): Promise<Record<string, string>> {
  // Without these it downloads a package at its first start.
  const folder = join(root, 'home/.config/opencode');
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  const dependencies = { '@opencode-ai/plugin': '1.18.33' };
  const lock = { name: 'opencode', lockfileVersion: 3, packages: { '': { dependencies } } };
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const models = Object.fromEntries(
    ['fake-1', 'fake-2'].map((id) => [
      id,
      { name: id, reasoning: true, tool_call: true, limit: { context: 128_000, output: 8_192 } },
    ]),
  );
  const options = { baseURL: `${url}/v1`, apiKey: 'sk-ant-of-a-test' };
  const content = {
    ...{ model: 'fake/fake-1', small_model: 'fake/fake-1', share: 'disabled', autoupdate: false },
    ...{ snapshot: false, enabled_providers: ['fake'] },
    provider: { fake: { npm: '@ai-sdk/anthropic', name: 'Fake', options, models } },
  };
  const bash = { '*': 'ask', 'sleep *': 'allow', 'echo *': 'allow', 'sh grandchild.sh': 'allow' };
  return {
    OPENCODE_CONFIG_CONTENT: JSON.stringify(content),
    OPENCODE_PERMISSION: JSON.stringify({ bash, edit: 'ask' }),
    ...withoutCatalogue,
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    ...{ OPENCODE_DISABLE_DEFAULT_PLUGINS: '1', OPENCODE_DISABLE_CLAUDE_CODE: '1' },
    OPENCODE_DISABLE_EXTERNAL_SKILLS: '1',
  };
}
