import { z } from 'zod';
import { guardedByDefault } from '../process/sandbox/guarded-names.ts';
import { networks } from '../process/sandbox/sandbox.ts';
import { flag, list } from './values.ts';

const network = z.enum(networks, {
  error: ({ input }) =>
    input === 'allow-list'
      ? 'allow-list is not built yet: choose open or none'
      : `must be one of ${networks.join(', ')}`,
});

/** What keeps agents from the rest of the machine; a part of the section `worker` of the configuration. */
export const isolationSettings = {
  isolation: z
    .enum(['auto', 'none', 'process', 'sandbox', 'container'])
    .default('auto')
    .describe(
      'What keeps agents from the rest of the machine; auto: sandbox where it works, else process, with a warning. See docs/security.md.',
    ),
  allow_bypass: flag
    .default(false)
    .describe(
      'Whether sessions may choose the mode in which an agent never asks (bypassPermissions), where the isolation is sandbox or container.',
    ),
  sandbox: z
    .strictObject({
      network: network
        .default('open')
        .describe(
          'What network agents have: open, that of the machine; none, which no hosted model can do with.',
        ),
      readable: list.default([]).describe('Further places that agents may read.'),
      writable: list.default([]).describe('Further places in which agents may write.'),
      guarded_names: list
        .default([...guardedByDefault])
        .describe(
          'What agents may not write in the work dir, whether it exists or not; / at the end means a folder.',
        ),
    })
    .prefault({}),
  container: z
    .strictObject({
      command: z
        .string()
        .default('docker')
        .describe(
          'The program that runs containers, or a name on PATH: docker, podman or another that takes the same.',
        ),
      image: z
        .string()
        .optional()
        .describe('The image with the agents in it; must be set for isolation container.'),
      network: z.string().default('bridge').describe('The network of the containers, as --network takes it.'),
      args: list.default([]).describe('Further arguments of its run command, such as --pids-limit=512.'),
    })
    .prefault({}),
};
