import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock as clock } from '../../../src/ground/clock.ts';
import { silentLogger as logger } from '../../../src/ground/logger.ts';
import { endProcesses } from '../../../src/process/end-process.ts';
import { createProcessTable } from '../../../src/process/process-table.ts';
import type { WorkerDefinition, WorkerEvent, WorkerState } from '../../../src/worker/worker.ts';
import { endsWithUs } from '../../support/ends-with-us.ts';
import { RecordedWorker } from '../recorded-worker.ts';
import type { ContractStage } from './contract.ts';
import { defineAgent } from './define-agent.ts';

const program = fileURLToPath(new URL('dying-gateway.ts', import.meta.url));

type Printed = { events: WorkerEvent[]; state?: WorkerState };
/** What a store holds of a gateway that is no more. */
export type Left = { events: WorkerEvent[]; state: WorkerState };

/** A gateway that is killed and the one that goes on with its agent. Whatever is left at the end is ended. */
export class GatewaysInTurn implements AsyncDisposable {
  readonly #stage: ContractStage;
  readonly #folder: string;
  #first: ChildProcess | undefined;
  #next: WorkerDefinition | undefined;

  private constructor(stage: ContractStage, folder: string) {
    this.#stage = stage;
    this.#folder = folder;
  }

  static async open(stage: ContractStage): Promise<GatewaysInTurn> {
    return new GatewaysInTurn(stage, await mkdtemp(join(tmpdir(), 'processes-')));
  }

  /** Starts a gateway, says the prompt to its agent, and kills it with SIGKILL after an event of this type. */
  async killAfter(type: WorkerEvent['type'], prompt: string): Promise<Left> {
    const { workDir, config = {} } = this.#stage;
    const task = { setUp: this.#setUp, folder: this.#folder, workDir, config, prompt };
    const first = spawn(process.execPath, [program, JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    endsWithUs(first);
    this.#first = first;
    let said = '';
    for await (const piece of first.stdout.setEncoding('utf8')) {
      said += piece;
      if (said.includes(`"type":"${type}"`) && said.includes('\n')) first.kill('SIGKILL');
      if (said.includes('"exit":')) throw new Error(`the agent ended: ${said}`);
    }
    // Its last words may be cut off.
    const printed: Printed[] = said
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const events = printed.flatMap((each) => each.events);
    const state = printed.at(-1)?.state;
    if (!state) throw new Error(`nobody can go on from here: ${JSON.stringify(events)}`);
    return { events, state };
  }

  goOn({ state: adopt }: Left): RecordedWorker {
    const { workDir, config = {} } = this.#stage;
    this.#next ??= defineAgent(this.#setUp, this.#folder);
    return new RecordedWorker(this.#next, { workDir, config, adopt });
  }

  /** The next gateway stops; its workers are stopped already. */
  async close(): Promise<void> {
    await this.#next?.close?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#first && this.#first.exitCode === null && this.#first.signalCode === null) {
      this.#first.kill('SIGKILL');
      await once(this.#first, 'exit');
    }
    await this.close();
    await endProcesses(this.#folder, { which: () => true, clock, logger, table: createProcessTable() });
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #setUp() {
    if (!this.#stage.setUp) throw new Error('this stage does not say how its agent is set up');
    return this.#stage.setUp;
  }
}
