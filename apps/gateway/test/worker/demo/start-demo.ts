import type { DemoOptions } from '../../../src/worker/demo/definition.ts';
import { RecordedWorker, type RecordOptions } from '../../contracts/recorded-worker.ts';
import { setUpDemo } from './set-up-demo.ts';

/** A running demo agent that is stopped, and its folder removed, at the end of the block. */
export type RunningDemo = AsyncDisposable & {
  readonly agent: RecordedWorker;
  readonly stateDir: string;
  /** Starts another process on the same folder; stopped with the first. */
  startAnother(options: Partial<RecordOptions>): RecordedWorker;
};

/** Starts the demo agent for one test. */
export async function startDemo({
  config,
  resume,
  ...options
}: Partial<RecordOptions & DemoOptions> = {}): Promise<RunningDemo> {
  const stage = await setUpDemo(options);
  const agents: RecordedWorker[] = [];
  const start = (more: Partial<RecordOptions>) => {
    const agent = new RecordedWorker(stage.definition, { workDir: stage.workDir, ...more });
    agents.push(agent);
    return agent;
  };
  return {
    agent: start({ config, resume }),
    stateDir: stage.stateDir,
    startAnother: start,
    async [Symbol.asyncDispose]() {
      for (const agent of agents) await agent[Symbol.asyncDispose]();
      await stage[Symbol.asyncDispose]();
    },
  };
}
