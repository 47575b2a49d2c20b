import * as z from 'zod/mini';
import { controlData } from './control.ts';
import { isolationLevels } from './isolation-level.ts';

const opaqueId = z.string().check(z.minLength(1), z.maxLength(128), z.regex(/^[A-Za-z0-9._:-]+$/));

/** A piece of a prompt beside its text. Files are uploaded by HTTP and referenced here. */
export const inputPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('image'),
    media_type: z.string(),
    data: z.string(),
    name: z.optional(z.string()),
  }),
  z.object({ type: z.literal('file'), file_id: opaqueId, name: z.optional(z.string()) }),
]);

/** What to do with an input that arrives while a turn runs. */
export const delivery = z.enum(['queue', 'steer', 'interrupt', 'reject']);

export const permissionMode = z.enum([
  'default',
  'acceptEdits',
  'plan',
  'dontAsk',
  'auto',
  'bypassPermissions',
]);

/** How a session is to be set up. Every field has an effect on the chosen worker or is refused by name. */
export const sessionConfig = z.object({
  model: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  system_prompt: z.optional(z.string()),
  allowed_tools: z.optional(z.array(z.string())),
  disallowed_tools: z.optional(z.array(z.string())),
  max_turns: z.optional(z.int().check(z.positive())),
  work_dir: z.optional(z.string()),
  permission_mode: z.optional(permissionMode),
  /** What keeps the agent from the rest of the machine: never less than the operator asks for. */
  isolation: z.optional(z.enum(isolationLevels)),
  env: z.optional(z.record(z.string(), z.string())),
  mcp_servers: z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))),
  agent: z.optional(z.string()),
  metadata: z.optional(z.record(z.string(), z.unknown())),
});

export const initData = z.object({
  version: z.string(),
  worker_type: z.string().check(z.minLength(1), z.maxLength(64)),
  session_id: z.optional(z.string().check(z.maxLength(128))),
  auth: z.optional(z.object({ token: z.optional(z.string()) })),
  config: z.optional(sessionConfig),
  client_caps: z.optional(
    z.object({
      supports_delta: z.optional(z.boolean()),
      supports_tool_call: z.optional(z.boolean()),
      supported_kinds: z.optional(z.array(z.string())),
    }),
  ),
  last_seq: z.optional(z.int().check(z.nonnegative())),
  epoch: z.optional(z.string()),
  role: z.optional(z.enum(['driver', 'viewer'])),
  client: z.optional(z.object({ name: z.string(), version: z.optional(z.string()) })),
  /** Whether this client wants to hear who else is connected. */
  presence: z.optional(z.boolean()),
});

/** Commands a client may give to the agent itself; an adapter that lacks one answers NOT_SUPPORTED. */
export const workerCommandName = z.enum([
  'context_usage',
  'mcp_status',
  'set_model',
  'set_permission',
  'skills',
  'compact',
  'clear',
  'model',
  'effort',
  'rewind',
  'commit',
]);

const metadata = z.record(z.string(), z.unknown());
const question = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Every kind a client may send: what it is for, and the shape of its data. */
export const clientEvents = {
  init: { about: 'Opens the connection: who, which worker, which session.', data: initData },
  input: {
    about: 'A prompt. The same input_id with the same body runs once, however often it is sent.',
    data: z.object({
      content: z.string(),
      parts: z.optional(z.array(inputPart)),
      metadata: z.optional(metadata),
      input_id: z.optional(opaqueId),
      delivery: z.optional(delivery),
    }),
  },
  'input.edit': {
    about: 'Changes the text of an input that still waits in the queue.',
    data: z.object({ input_id: opaqueId, content: z.string() }),
  },
  'input.cancel': {
    about: 'Takes an input out of the queue before it runs.',
    data: z.object({ input_id: opaqueId }),
  },
  permission_response: {
    about: 'Answers a permission_request. The first answer wins.',
    data: z.object({
      id: opaqueId,
      allowed: z.boolean(),
      reason: z.optional(z.string()),
      option_id: z.optional(z.string()),
      updated_input: z.optional(z.record(z.string(), z.unknown())),
    }),
  },
  question_response: {
    about: 'Answers a question_request: question text to chosen label, labels or free text.',
    data: z.object({ id: opaqueId, answers: question }),
  },
  elicitation_response: {
    about: 'Answers an elicitation_request of an MCP server.',
    data: z.object({
      id: opaqueId,
      action: z.enum(['accept', 'decline', 'cancel']),
      content: z.optional(z.record(z.string(), z.unknown())),
    }),
  },
  worker_command: {
    about: 'A command for the agent rather than for the session.',
    data: z.object({
      command: workerCommandName,
      args: z.optional(z.string()),
      extra: z.optional(z.record(z.string(), z.unknown())),
    }),
  },
  control: {
    about: 'Acts on the session: interrupt, terminate, delete, reset and the like.',
    data: controlData,
  },
  ping: { about: 'Asks for a pong; consumes no number.', data: z.object({}) },
} as const;
