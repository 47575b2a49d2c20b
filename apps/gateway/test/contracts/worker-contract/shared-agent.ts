import { afterAll } from 'vitest';
import type { RecordedWorker } from '../recorded-worker.ts';
import type { ContractStage } from './contract.ts';
import { type Scene, start } from './play.ts';

/**
 * One agent for scenes that leave it as they found it: a start takes longer than most of them. The first scene starts it,
 * and so does the next one after an agent that ended.
 */
export class SharedAgent {
  readonly #setUp: () => Promise<ContractStage>;
  #opened: Promise<{ stage: ContractStage; agent: RecordedWorker }> | undefined;

  constructor(setUp: () => Promise<ContractStage>) {
    this.#setUp = setUp;
    afterAll(() => this.#close());
  }

  async play<T>(scene: Scene<T>): Promise<T> {
    if (this.#opened && (await this.#opened).agent.exits.length > 0) await this.#close();
    this.#opened ??= this.#open();
    const { agent, stage } = await this.#opened;
    try {
      return await scene(agent, stage);
    } catch (error) {
      // What it left behind must not fail the next one too.
      await this.#close();
      throw error;
    }
  }

  async #open() {
    const stage = await this.#setUp();
    return { stage, agent: start(stage) };
  }

  async #close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    if (!opened) return;
    const { stage, agent } = await opened;
    await agent[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  }
}
