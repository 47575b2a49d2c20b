import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../apps/gateway/src/ground/clock.ts';
import { createIds } from '../../apps/gateway/src/ground/ids.ts';
import type { Exit } from '../../apps/gateway/src/process/child-process.ts';
import { createSpawnProcess } from '../../apps/gateway/src/process/spawn-process.ts';
import {
  type ClaudeCodeOptions,
  createClaudeCode,
} from '../../apps/gateway/src/worker/claude-code/definition.ts';
import type {
  Worker,
  WorkerDefinition,
  WorkerEvent,
  WorkerOptions,
} from '../../apps/gateway/src/worker/worker.ts';
import type { AgentSetUp } from '../../apps/gateway/test/contracts/worker-contract/define-agent.ts';
import { type Model, startModel } from '../support/model/start-model.ts';

/** The real CLI, installed on its own so that nobody downloads it who does not test with it. */
export const realClaude = fileURLToPath(
  new URL('../real-agents/node_modules/@anthropic-ai/claude-code/bin/claude.exe', import.meta.url),
);

type DataOf<T extends WorkerEvent['type']> = Extract<WorkerEvent, { type: T }>['data'];

/** A worker with everything it said so far. */
export type Watched = {
  worker: Worker;
  events: WorkerEvent[];
  exit: Promise<Exit>;
  /** The first event of this kind from `from` on, waiting for it if need be. */
  next<T extends WorkerEvent['type']>(type: T, from?: number): Promise<DataOf<T>>;
  /** Sends a prompt and returns the events up to its `done`. */
  turn(content: string): Promise<WorkerEvent[]>;
};

/** A work dir, a home and a scripted model of their own, and the adapter that runs the real CLI with them. */
export class ClaudeBench implements AsyncDisposable {
  readonly workDir: string;
  readonly model: Model;
  readonly definition: WorkerDefinition;
  readonly setUp: AgentSetUp;
  readonly #root: string;
  readonly #watched: Watched[] = [];

  private constructor(
    root: string,
    model: Model,
    options: Pick<ClaudeCodeOptions, 'trusts' | 'command'> & Pick<AgentSetUp, 'environment'>,
  ) {
    this.#root = root;
    this.workDir = join(root, 'work');
    this.model = model;
    const clock = systemClock;
    const spawn = createSpawnProcess({ clock });
    this.definition = createClaudeCode({ spawn, clock, ids: createIds(), command: realClaude, ...options });
    this.setUp = { type: 'claude_code', command: realClaude, environment: options.environment };
  }

  static async open(
    more: Record<string, string> = {},
    {
      command,
      ...options
    }: Pick<ClaudeCodeOptions, 'trusts'> & {
      /** Another program than the real CLI; it may be written into the folder. */
      command?: (root: string) => string | Promise<string>;
    } = {},
  ): Promise<ClaudeBench> {
    if (!existsSync(realClaude)) {
      throw new Error(
        'install the real agents first: pnpm install --dir tests/real-agents --frozen-lockfile',
      );
    }
    const root = await mkdtemp(join(tmpdir(), 'claude-'));
    for (const folder of ['work', 'home', 'tmp']) await mkdir(join(root, folder));
    const model = await startModel();
    const environment = {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: join(root, 'home'),
      LANG: 'C.UTF-8',
      CLAUDE_CODE_TMPDIR: join(root, 'tmp'),
      CLAUDE_CODE_MAX_RETRIES: '2',
      ANTHROPIC_BASE_URL: model.url,
      ANTHROPIC_API_KEY: 'sk-ant-of-a-test',
      ...more,
    };
    const program = command ? { command: await command(root) } : {};
    return new ClaudeBench(root, model, { environment, ...options, ...program });
  }

  start(options: Partial<WorkerOptions> = {}): Watched {
    const watched = watch((listener) =>
      this.definition.start(
        { workDir: this.workDir, config: { model: 'claude-sonnet-4-5' }, ...options },
        listener,
      ),
    );
    this.#watched.push(watched);
    return watched;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#watched.map(({ worker }) => worker.stop()));
    await this.model.close();
    await rm(this.#root, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Listener = Parameters<WorkerDefinition['start']>[1];

function watch(start: (listener: Listener) => Worker): Watched {
  const events: WorkerEvent[] = [];
  const waiting = new Set<() => void>();
  const exit = Promise.withResolvers<Exit>();
  let inputs = 0;
  const worker = start({
    onEvents(more) {
      events.push(...more);
      // As a session does of which the policy says nothing.
      for (const { type, data } of more)
        if (type === 'tool.check') worker.respond?.({ kind: 'permission', id: data.id, allowed: true });
      for (const look of [...waiting]) look();
    },
    onExit: (how) => exit.resolve(how),
  });

  const next: Watched['next'] = (type, from = 0) =>
    new Promise((resolve) => {
      const look = () => {
        const found = events.slice(from).find((event) => event.type === type);
        if (!found) return;
        waiting.delete(look);
        resolve(found.data as never);
      };
      waiting.add(look);
      look();
    });

  const turn: Watched['turn'] = async (content) => {
    const from = events.length;
    inputs += 1;
    worker.prompt({ inputId: `input-${inputs}`, content });
    await next('done', from);
    return events.slice(from);
  };

  return { worker, events, exit: exit.promise, next, turn };
}
