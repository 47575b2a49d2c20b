import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/ground/clock.ts';
import { createSpawnProcess } from '../../../src/process/spawn-process.ts';
import { createDemo, type DemoOptions } from '../../../src/worker/demo/definition.ts';
import type { ContractStage } from '../../contracts/worker-contract.ts';

type More = Partial<DemoOptions>;

/** The demo agent as the gateway starts it, with a folder of its own and no pauses. */
export async function setUpDemo(
  more: More | ((stage: { workDir: string }) => Promise<More>) = {},
): Promise<ContractStage & { stateDir: string }> {
  const workDir = await mkdtemp(join(tmpdir(), 'hotplex-demo-'));
  const spawn = createSpawnProcess({ clock: systemClock });
  const options = typeof more === 'function' ? await more({ workDir }) : more;
  const environment = { DEMO_PACE: '0' };
  return {
    definition: createDemo({ spawn, dataDir: workDir, environment, ...options }),
    setUp: { type: 'demo', environment, dataDir: workDir },
    workDir,
    stateDir: join(workDir, 'demo'),
    [Symbol.asyncDispose]: () => rm(workDir, { recursive: true }),
  };
}
