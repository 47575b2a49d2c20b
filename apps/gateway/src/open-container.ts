import type { NoWalls } from './agent-isolation.ts';
import type { Config } from './config-schema.ts';
import { createContainer } from './process/container/container.ts';
import { findTool, isProgram } from './process/find-tool.ts';
import type { Isolation } from './process/isolation.ts';
import { expandPath } from './start-checks.ts';

/** Where to look for the engine of containers (docs.docker.com, "Use the Docker command line"; man 1 podman). */
const engineVariables = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'CONTAINER_HOST',
  'XDG_RUNTIME_DIR',
];

/** The walls of a container as they are configured, or what is missing for them. */
export function openContainer(
  { container, sandbox, max_memory }: Config['worker'],
  environment: Readonly<Record<string, string | undefined>>,
): Isolation | NoWalls {
  const { command: asked, image, network, args } = container;
  const command = asked.includes('/') ? expandPath(asked) : findTool(asked);
  if (command === undefined || !isProgram(command)) {
    return notSetUp(
      `worker.isolation container needs worker.container.command, and ${asked} was not found: install it or correct the setting`,
    );
  }
  if (image === undefined) {
    return notSetUp(
      'worker.isolation container needs worker.container.image (HOTPLEX_WORKER_CONTAINER_IMAGE): name an image with the agents in it',
    );
  }
  const engine = engineVariables.flatMap((name): [string, string][] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return createContainer({
    ...{ command, image, network, args, memoryBytes: max_memory, guardedNames: sandbox.guarded_names },
    engine: Object.fromEntries(engine),
  });
}

const notSetUp = (refused: string): NoWalls => ({ problem: 'not_set_up', refused });
