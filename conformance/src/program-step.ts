import * as z from 'zod';

const data = z.record(z.string(), z.unknown());
/** Name of a client; absent: the first one. */
const by = z.string().optional();
/** The request to answer is the newest that this client heard. */
const answer = { by };

const verb = <T extends string, S extends z.core.$ZodLooseShape>(name: T, shape: S) =>
  z.strictObject({ do: z.literal(name), ...shape, by });

/** One thing that a program does with an SDK. Its outcome is `ok` or the code of the error. */
export const programStep = z.discriminatedUnion('do', [
  verb('connect', {}),
  /** Sends a prompt and goes on; `as` names its turn. */
  verb('prompt', {
    as: z.string(),
    content: z.string(),
    input_id: z.string().optional(),
    delivery: z.enum(['queue', 'steer', 'interrupt', 'reject']).optional(),
  }),
  verb('accepted', { turn: z.string() }),
  /** Waits for the end of a turn, reading its events on the way. */
  verb('done', { turn: z.string() }),
  /** Waits until an event of this kind was heard, so many times in all (default 1). */
  verb('hear', { event: z.string(), times: z.int().optional() }),
  /** Waits for a notice: its kind, and for `control` and `error` their action or code. */
  verb('notice', { notice: z.string() }),
  verb('answer_permission', {
    allowed: z.boolean(),
    reason: z.string().optional(),
    option_id: z.string().optional(),
    ...answer,
  }),
  verb('answer_question', { answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])) }),
  verb('answer_elicitation', { action: z.enum(['accept', 'decline', 'cancel']), content: data.optional() }),
  verb('interrupt', {}),
  verb('control', { action: z.string(), details: data.optional() }),
  verb('command', { command: z.string(), args: z.string().optional() }),
  verb('edit_input', { input_id: z.string(), content: z.string() }),
  verb('cancel_input', { input_id: z.string() }),
  /** Waits until the client is closed; the outcome is the code of the cause. */
  verb('closed', {}),
  verb('close', {}),
  /** Waits until the client is ready again after a lost link. */
  verb('reconnected', {}),
  /** Reads the log by HTTP after a number; the outcome is `ok` and the events count as heard by `history`. */
  verb('history', { after: z.int() }),
]);

/** With what a client is made. Every client comes back after 1 to 20 ms. */
export const clientOptions = z.strictObject({
  worker_type: z.string().default('demo'),
  session_id: z.string().optional(),
  last_seq: z.int().optional(),
  epoch: z.string().optional(),
  role: z.enum(['driver', 'viewer']).optional(),
  config: data.optional(),
  /** Credentials in the order in which they are asked for; the last one stays. `!` is one that cannot be had. */
  tokens: z.array(z.string()).default(['token-1']),
  /** `false`: never comes back. */
  reconnect: z.boolean().default(true),
  quiet_ms: z.int().optional(),
});

export type ProgramStep = z.infer<typeof programStep>;
export type ScenarioClient = z.infer<typeof clientOptions>;
