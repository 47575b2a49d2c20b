import { join } from 'node:path';
import { systemClock } from '../../apps/gateway/src/ground/clock.ts';
import { createIds } from '../../apps/gateway/src/ground/ids.ts';
import { createSpawnProcess } from '../../apps/gateway/src/process/spawn-process.ts';
import { createAcpx } from '../../apps/gateway/src/worker/acpx/definition.ts';
import { type AcpStage, type AcpStageOptions, openAcp, realProgram } from './open-acp.ts';

export type AcpxStageOptions = Partial<Omit<AcpStageOptions, 'command' | 'define'>> & {
  /** Another program than the real acpx; it may be written into the folder. */
  acpx?: (root: string) => string | Promise<string>;
};

/** A stage like that of `acp`, with the real acpx between us and the real agent, which may edit and run commands. */
export async function openAcpx({
  acpx = () => realProgram('acpx'),
  config,
  ...options
}: AcpxStageOptions = {}): Promise<AcpStage> {
  let program = '';
  return openAcp({
    ...{ agent: 'claude', ...options },
    config: { allowed_tools: ['edit', 'execute'], ...config },
    command: async (root) => {
      program = await acpx(root);
      return realProgram('claude-agent-acp');
    },
    define: ({ agent, command, environment, root }) =>
      createAcpx({
        ...{ spawn: createSpawnProcess({ clock: systemClock }), clock: systemClock, ids: createIds() },
        ...{ environment, stateDir: join(root, 'acpx'), command: program },
        agents: { [agent]: { command } },
      }),
  });
}
