import { z } from 'zod';
import { fromJson, list } from './values.ts';

const moreEnvironment = list
  .default([])
  .describe(
    'Further variables of the gateway’s environment that it gets, by name; PREFIX_* for all of those.',
  );

/** Where each agent’s program is and what it gets; sections of `worker`. */
export const agentSettings = {
  claude_code: z
    .strictObject({
      command: z
        .string()
        .optional()
        .describe('Path of the Claude Code binary, or a name on PATH; default: claude.'),
      environment: moreEnvironment,
    })
    .prefault({}),
  pi: z
    .strictObject({
      command: z.string().optional().describe('Path of the Pi program, or a name on PATH; default: pi.'),
      environment: moreEnvironment,
    })
    .prefault({}),
  opencode: z
    .strictObject({
      command: z
        .string()
        .optional()
        .describe('Path of the OpenCode binary, or a name on PATH; default: opencode.'),
      environment: moreEnvironment,
    })
    .prefault({}),
  acpx: z
    .strictObject({
      command: z
        .string()
        .optional()
        .describe(
          'Path of the acpx program, or a name on PATH; default: acpx. The agents behind it are those of acp.',
        ),
    })
    .prefault({}),
  acp: z
    .strictObject({
      agents: z
        .preprocess(
          fromJson,
          z.record(
            z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
            z.strictObject({
              command: z.string().min(1),
              args: z.array(z.string()).optional(),
              environment: z.array(z.string()).optional(),
              state_dirs: z.array(z.string()).optional(),
            }),
            'must be a mapping such as {"mine": {"command": "mine-acp"}}',
          ),
        )
        .default({})
        .describe(
          'Further agents that speak the Agent Client Protocol, by name: command, args, environment (names of variables they get), state_dirs (folders they write in); in the environment as JSON.',
        ),
    })
    .prefault({}),
};
