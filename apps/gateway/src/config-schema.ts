import { z } from 'zod';
import { commaList } from './comma-list.ts';
import { limitsSchema } from './limits-schema.ts';
import { uploadsSchema } from './uploads-schema.ts';

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length of time: a number of milliseconds, or text such as `30s`, `5m`, `12h`, `7d`. */
const duration = z.union([z.number().nonnegative(), z.string()]).transform((value, context) => {
  if (typeof value === 'number') return value;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(value.trim());
  if (match) return Number(match[1]) * units[match[2] as keyof typeof units];
  context.addIssue({ code: 'custom', message: 'must be a time such as 500ms, 30s, 5m, 12h or 7d' });
  return z.NEVER;
});

const sizeUnits = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const;

/** A number of bytes, or text such as `512MB`, `4GB`. */
const size = z.union([z.number().nonnegative(), z.string()]).transform((value, context) => {
  if (typeof value === 'number') return value;
  const match = /^(\d+(?:\.\d+)?)(B|KB|MB|GB)?$/.exec(value.trim());
  if (match) return Number(match[1]) * sizeUnits[(match[2] ?? 'B') as keyof typeof sizeUnits];
  context.addIssue({ code: 'custom', message: 'must be a number of bytes, or a size such as 512MB or 4GB' });
  return z.NEVER;
});

const address = z
  .string()
  .regex(/^(?:\[[0-9a-fA-F:]+\]|[^:\s]*):\d{1,5}$/, 'must be host:port, such as 127.0.0.1:8888')
  .refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) < 65_536, 'has a port above 65535');
const wholeNumber = 'must be a whole number above 0';
const count = z.coerce.number(wholeNumber).int(wholeNumber).positive(wholeNumber);
const flag = z.union(
  [z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')],
  'must be true or false',
);
const list = z.preprocess(commaList, z.array(z.string()));

const moreEnvironment = list
  .default([])
  .describe(
    'Further variables of the gateway’s environment that it gets, by name; PREFIX_* for all of those.',
  );

/** In the environment a mapping is JSON. */
function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const apiKeys = z.preprocess(
  commaList,
  z.array(
    z.union([
      z.string().transform((key) => ({ name: null, key })),
      z.strictObject({ name: z.string().min(1), key: z.string() }),
    ]),
  ),
);

/** Every setting, its meaning, its default. The one source of file keys, environment names and error messages. */
export const configSchema = z.strictObject({
  gateway: z
    .strictObject({
      addr: address.default('127.0.0.1:8888').describe('Where clients connect.'),
      tls: z
        .strictObject({
          cert: z
            .string()
            .optional()
            .describe(
              'File with the certificate and those that vouch for it, PEM; clients then connect by https and wss. A change is noticed.',
            ),
          key: z.string().optional().describe('File with its private key, PEM; not readable by everybody.'),
        })
        .prefault({}),
      max_frame_size: count.default(1_048_576).describe('Largest frame a client may send, bytes.'),
      init_timeout: duration.default(5_000).describe('How long a client may take to send init.'),
      ping_interval: duration
        .default(30_000)
        .describe('Time between pings; two missed ones end a connection.'),
      client_buffer: count
        .default(1_048_576)
        .describe('A client for which more bytes than this wait in the log is told that it is slow.'),
      slow_client_timeout: duration
        .default(30_000)
        .describe('How long a client may read nothing of what waits for it; it may then come back for it.'),
      drain_timeout: duration
        .default(15_000)
        .describe('How long running turns may take to end when the gateway is stopped.'),
    })
    .prefault({}),
  limits: limitsSchema,
  uploads: uploadsSchema,
  admin: z
    .strictObject({
      addr: address
        .optional()
        .describe('Where operators ask GET /health and GET /status; not set: no such listener.'),
      token: z
        .string()
        .optional()
        .describe(
          'Bearer token of operators, at least 32 characters; opens nothing else, and nothing else opens this. Not set: made once and kept in the file admin-token beside the database.',
        ),
      allow_remote: flag
        .default(false)
        .describe(
          'Whether admin.addr may be reachable from other machines; the token then needs a TLS proxy.',
        ),
      allowed_hosts: list
        .default([])
        .describe('Host names, beside the listener’s own, that operators’ requests may name.'),
    })
    .prefault({}),
  db: z
    .strictObject({ path: z.string().default('~/.hotplex/data/hotplex.db').describe('The database file.') })
    .prefault({}),
  worker: z
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
        ),
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
        .describe(
          'Whether agents go on when the gateway is stopped, for one that starts within orphan_grace.',
        ),
      prewarm: z
        .strictObject({
          on_connect: flag
            .default(false)
            .describe(
              'Whether a session’s agent is started when a client connects, not with the first prompt.',
            ),
          spares: z.coerce
            .number()
            .int()
            .nonnegative()
            .default(0)
            .describe('How many agents wait started for new sessions with a set-up that was used before.'),
          max_wait: duration
            .default(600_000)
            .describe('After this a spare agent that nobody needed is ended.'),
        })
        .prefault({}),
      pool: z
        .strictObject({
          max: count.default(50).describe('How many agent processes there may be; idle ones make room.'),
          max_per_user: count.default(20).describe('The same for one user.'),
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
                }),
                'must be a mapping such as {"mine": {"command": "mine-acp"}}',
              ),
            )
            .default({})
            .describe(
              'Further agents that speak the Agent Client Protocol, by name: command, args, names of environment variables they get; in the environment as JSON.',
            ),
        })
        .prefault({}),
    })
    .prefault({}),
  session: z
    .strictObject({
      permission_timeout: duration
        .default(300_000)
        .describe('After this an unanswered request counts as refused.'),
      interrupt_timeout: duration
        .default(5_000)
        .describe('After this an agent that ignores an interrupt is ended.'),
      first_event_timeout: duration
        .default(300_000)
        .describe('How long an agent may take to say its first word in a turn; 0 for ever, as below.'),
      inactivity_timeout: duration
        .default(3_600_000)
        .describe('How long it may be silent later in a turn, while nobody is asked anything.'),
      turn_timeout: duration.default(0).describe('How long a turn may take.'),
      idle_timeout: duration.default(1_800_000).describe('How long a process without work is kept hot.'),
      max_lifetime: duration
        .default(86_400_000)
        .describe('How old a process may get; it is ended between turns.'),
      retention: duration
        .default(0)
        .describe('How long a session is kept after the last thing that happened in it; 0 for ever.'),
      max_queue: count.default(50).describe('How many prompts may wait in one session.'),
      max_input_size: count.default(1_048_576).describe('Longest prompt, bytes.'),
    })
    .prefault({}),
  security: z
    .strictObject({
      api_keys: apiKeys
        .default([])
        .describe('Keys of at least 32 characters; also HOTPLEX_SECURITY_API_KEY_1, _2, …'),
      api_key_header: z
        .string()
        .regex(/^[A-Za-z0-9-]+$/)
        .default('X-API-Key')
        .describe('Header that carries an API key.'),
      allowed_origins: list
        .default([])
        .describe('Origins of web pages, beside the gateway’s own, that may connect.'),
      allowed_hosts: list
        .default([])
        .describe('Host names, beside the listener’s own, that requests may name.'),
      jwt_issuer: z.string().default('hotplex').describe('Issuer that tokens must name.'),
      jwt_audience: z.string().default('hotplex-gateway').describe('Audience that tokens must name.'),
      reauth_grace: duration
        .default(30_000)
        .describe('How long a connection may go on after its token expired, to bring another one.'),
      revocation_check: duration
        .default(5_000)
        .describe('How often live connections are checked for revoked tokens.'),
      jwt_jwks_file: z.string().optional().describe('File with further public keys that may sign tokens.'),
    })
    .prefault({}),
  policy: z
    .strictObject({
      mode: z
        .enum(['ask', 'auto_allow_safe'])
        .default('ask')
        .describe(
          'Whether a person is asked about tool calls to which the policy has no objection (ask), or they are allowed at once (auto_allow_safe).',
        ),
    })
    .prefault({}),
  webchat: z
    .strictObject({
      enabled: flag.default(true).describe('Whether the web chat is served.'),
      dir: z.string().optional().describe('The web chat’s static export; default: the one that ships.'),
      url: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe('Where the web chat is served if not here: links lead there and its origin may connect.'),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z
        .enum(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info')
        .describe('How much is logged.'),
    })
    .prefault({}),
});

export type Config = z.infer<typeof configSchema>;
