import { z } from 'zod';
import { agentSettings } from './agent-settings.ts';
import { isolationSettings } from './isolation-settings.ts';
import { count, duration, flag, list, live, size } from './values.ts';

/** How agents are run; the section `worker` of the configuration. */
export const workerSettings = z
  .strictObject({
    default_work_dir: z
      .string()
      .optional()
      .describe('Where agents work unless a session says otherwise; must exist.'),
    stdio: z
      .enum(['spool', 'pipe'])
      .default('spool')
      .describe(
        'How agents are talked to: by files that stay when the gateway dies, so that the next one goes on with them (Linux), or by pipes.',
      ),
    orphan_grace: duration
      .default(60_000)
      .describe('How long agents live on without a gateway that goes on with them; 0: they die with it.'),
    allowed_work_dirs: list
      .default([])
      .describe(
        'Directories, beside the default one, in or below which sessions may work; empty: all but those of the system, of keys and of the gateway.',
      )
      .meta(live),
    terminal_users: list
      .default(['local'])
      .describe(
        'Who may go on with conversations that were begun in a terminal of this machine, and see what was said there; `local` is who has the sign-in link. Nobody else may.',
      )
      .meta(live),
    ...isolationSettings,
    max_memory: size
      .default(0)
      .describe('How much memory an agent and all it starts may use together, such as 4GB; 0 for any.'),
    auto_retry: z
      .strictObject({
        attempts: z.coerce
          .number()
          .int()
          .nonnegative()
          .default(2)
          .describe('How often a turn goes on by itself after the model was overloaded; 0 for never.'),
        min_delay: duration.default(5_000).describe('First wait before that, doubled each time.'),
        max_delay: duration.default(60_000).describe('Longest wait before that.'),
        prompt: z.string().min(1).default('Continue.').describe('What the agent is told then.'),
      })
      .prefault({}),
    keep_on_stop: flag
      .default(false)
      .describe('Whether agents go on when the gateway is stopped, for one that starts within orphan_grace.'),
    prewarm: z
      .strictObject({
        on_connect: flag
          .default(false)
          .describe('Whether a session’s agent is started when a client connects, not with the first prompt.')
          .meta(live),
        spares: z.coerce
          .number()
          .int()
          .nonnegative()
          .default(0)
          .describe('How many agents wait started for new sessions with a set-up that was used before.'),
        max_wait: duration.default(600_000).describe('After this a spare agent that nobody needed is ended.'),
      })
      .prefault({}),
    pool: z
      .strictObject({
        max: count
          .default(50)
          .describe('How many agent processes there may be; idle ones make room.')
          .meta(live),
        max_per_user: count.default(20).describe('The same for one user.').meta(live),
        max_memory_per_user: size
          .default(0)
          .describe('How much memory the agents of one user may use together, such as 8GB; 0 for any.'),
      })
      .prefault({}),
    crash_limit: z
      .strictObject({
        crashes: count.default(3).describe('After so many crashes an agent is not started again …'),
        window: duration.default(300_000).describe('… until the oldest of them is this long ago.'),
      })
      .prefault({}),
    ...agentSettings,
  })
  .prefault({});
