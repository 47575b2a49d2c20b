import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../apps/gateway/src/ground/clock.ts';
import { createIds } from '../../apps/gateway/src/ground/ids.ts';
import { createSpawnProcess } from '../../apps/gateway/src/process/spawn-process.ts';
import { createPi, type PiOptions } from '../../apps/gateway/src/worker/pi/definition.ts';
import type { WorkerDefinition } from '../../apps/gateway/src/worker/worker.ts';
import { RecordedWorker, type RecordOptions } from '../../apps/gateway/test/contracts/recorded-worker.ts';
import type { AgentSetUp } from '../../apps/gateway/test/contracts/worker-contract/define-agent.ts';
import { piScenarios } from '../support/model/pi-scenarios.ts';
import { type Model, startModel } from '../support/model/start-model.ts';

/** The real CLI, installed on its own so that nobody downloads it who does not test with it; or the one to compare with. */
export const realPi =
  process.env.PI_UNDER_TEST ?? fileURLToPath(new URL('../real-agents/node_modules/.bin/pi', import.meta.url));

type Options = Pick<PiOptions, 'trusts' | 'allowBypass'> & {
  environment?: Record<string, string>;
  /** Files of Pi's own folder beside models.json, by name. */
  files?: Record<string, string>;
  /** How often a request to the model is repeated, and after how long at first. */
  retry?: { maxRetries: number; baseDelayMs: number };
  /** Where the model is; default: the scripted one. */
  modelUrl?: string;
  /** Another program than the real CLI; it may be written into the folder. */
  command?: (root: string) => string | Promise<string>;
};

/** A work dir, a home and a scripted model of their own, and the adapter that runs the real CLI with them. */
export class PiBench implements AsyncDisposable {
  readonly workDir: string;
  readonly agentDir: string;
  readonly model: Model;
  readonly definition: WorkerDefinition;
  readonly setUp: AgentSetUp;
  readonly #root: string;

  private constructor(
    root: string,
    model: Model,
    options: Omit<PiOptions, 'spawn' | 'clock' | 'ids' | 'environment'> & Pick<AgentSetUp, 'environment'>,
  ) {
    this.#root = root;
    this.workDir = join(root, 'work');
    this.agentDir = join(root, 'pi');
    this.model = model;
    const clock = systemClock;
    this.definition = createPi({ spawn: createSpawnProcess({ clock }), clock, ids: createIds(), ...options });
    this.setUp = { type: 'pi', environment: options.environment, command: options.command };
  }

  static async open(options: Options = {}): Promise<PiBench> {
    if (!existsSync(realPi)) {
      throw new Error(
        'install the real agents first: pnpm install --dir tests/real-agents --frozen-lockfile',
      );
    }
    const { environment = {}, files = {}, retry = { maxRetries: 2, baseDelayMs: 20 } } = options;
    const { modelUrl, command = () => realPi, trusts, allowBypass } = options;
    const root = await mkdtemp(join(tmpdir(), 'pi-'));
    for (const folder of ['work', 'home', 'pi/extensions'])
      await mkdir(join(root, folder), { recursive: true });
    const model = await startModel(piScenarios);
    const settings = { retry: { enabled: true, ...retry }, defaultProvider: 'test', defaultModel: 'first' };
    const all = {
      'models.json': JSON.stringify({ providers: { test: toProvider(modelUrl ?? model.url) } }),
      'settings.json': JSON.stringify(settings),
      ...files,
    };
    for (const [name, content] of Object.entries(all)) await writeFile(join(root, 'pi', name), content);
    return new PiBench(root, model, {
      environment: {
        PATH: process.env.PATH ?? '/usr/bin:/bin',
        HOME: join(root, 'home'),
        LANG: 'C.UTF-8',
        PI_CODING_AGENT_DIR: join(root, 'pi'),
        ...environment,
      },
      command: await command(root),
      trusts,
      allowBypass,
    });
  }

  /** Starts an agent, to be stopped by `await using`. */
  start(options: Partial<RecordOptions> = {}): RecordedWorker {
    return new RecordedWorker(this.definition, { workDir: this.workDir, ...options });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.model.close();
    await rm(this.#root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Two models of one provider, as Pi's models.json has them. */
export function toProvider(url: string) {
  const cost = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };
  const model = (id: string, contextWindow: number) => ({
    ...{ id, name: id, reasoning: true, input: ['text', 'image'], contextWindow, maxTokens: 8_192, cost },
  });
  return {
    baseUrl: url,
    api: 'anthropic-messages',
    apiKey: 'sk-of-a-test',
    models: [model('first', 200_000), model('second', 100_000)],
  };
}
