import { RecordedWorker, type RecordOptions } from '../recorded-worker.ts';
import type { ContractStage } from './contract.ts';

export type Scene<T = void> = (agent: RecordedWorker, stage: ContractStage) => Promise<T>;

/** Starts the agent, plays the scene, and stops the agent whatever happened. */
export async function play(
  setUp: () => Promise<ContractStage>,
  scene: Scene,
  options: Partial<RecordOptions> = {},
): Promise<void> {
  await using stage = await setUp();
  await using agent = start(stage, options);
  await scene(agent, stage);
}

/** Another process of the agent on the same stage. */
export function start(
  { definition, workDir, config }: ContractStage,
  { config: more, ...options }: Partial<RecordOptions> = {},
): RecordedWorker {
  return new RecordedWorker(definition, { workDir, config: { ...config, ...more }, ...options });
}
