import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCodeScenarios } from '../support/model/opencode-scenarios.ts';
import { type Model, startModel } from '../support/model/start-model.ts';

/** The real CLI, installed on its own so that nobody downloads it who does not test with it. */
export const realOpenCode = fileURLToPath(
  new URL('../real-agents/node_modules/opencode-ai/bin/opencode.exe', import.meta.url),
);

/** The catalogue of models is neither fetched nor read: to go through that of the program takes a third of a start. */
export const withoutCatalogue = {
  OPENCODE_DISABLE_MODELS_FETCH: '1',
  OPENCODE_MODELS_PATH: fileURLToPath(new URL('no-models.json', import.meta.url)),
};

/** As if its plugin package were installed: else it asks npm for it at every start. */
export const installedPlugin = {
  name: 'opencode',
  lockfileVersion: 3,
  packages: { '': { dependencies: { '@opencode-ai/plugin': '1.18.33' } } },
};

/** A home and a scripted model of their own, and work dirs for as many sessions as a test needs. */
export class OpenCodeBench implements AsyncDisposable {
  readonly model: Model;
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  #workDirs = 0;

  private constructor(root: string, model: Model) {
    this.root = root;
    this.model = model;
    this.environment = {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: join(root, 'home'),
      LANG: 'C.UTF-8',
      OPENCODE_CONFIG_CONTENT: JSON.stringify(toOpenCodeConfig(model.url)),
      ...withoutCatalogue,
    };
  }

  static async open(): Promise<OpenCodeBench> {
    if (!existsSync(realOpenCode)) {
      throw new Error(
        'install the real agents first: pnpm install --dir tests/real-agents --frozen-lockfile',
      );
    }
    const root = await mkdtemp(join(tmpdir(), 'opencode-'));
    const config = join(root, 'home', '.config', 'opencode');
    await mkdir(join(config, 'node_modules'), { recursive: true });
    await writeFile(join(config, 'package-lock.json'), JSON.stringify(installedPlugin));
    return new OpenCodeBench(root, await startModel(openCodeScenarios));
  }

  /** A new work dir with a file in it. */
  async workDir(): Promise<string> {
    this.#workDirs += 1;
    const path = join(this.root, `work-${this.#workDirs}`);
    await mkdir(path);
    await writeFile(join(path, 'notes.txt'), 'alpha\nbeta\n');
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.model.close();
    await rm(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Two models of the scripted provider, and one of a provider where nobody listens. */
export function toOpenCodeConfig(url: string) {
  const options = { apiKey: 'sk-of-a-test' };
  const model = (name: string) => ({
    name,
    reasoning: true,
    tool_call: true,
    attachment: true,
    modalities: { input: ['text', 'image'], output: ['text'] },
    limit: { context: 128_000, output: 8_192 },
  });
  return {
    model: 'test/one',
    small_model: 'test/one',
    share: 'disabled',
    autoupdate: false,
    snapshot: false,
    enabled_providers: ['test', 'gone'],
    provider: {
      test: {
        npm: '@ai-sdk/anthropic',
        name: 'Test',
        options: { ...options, baseURL: `${url}/v1` },
        models: { one: model('One'), two: model('Two') },
      },
      gone: {
        npm: '@ai-sdk/anthropic',
        name: 'Gone',
        // NOTE: the port of discard, where nobody listens on loopback.
        options: { ...options, baseURL: 'http://127.0.0.1:9/v1' },
        models: { one: model('One') },
      },
    },
  };
}
