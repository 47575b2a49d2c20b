import * as z from 'zod/mini';
import { delivery, inputPart } from './client-events.ts';
import { controlData } from './control.ts';
import { sessionStates } from './session-state.ts';

/** Where an accepted input is on its way. */
export const inputStatus = z.enum(['queued', 'delivered', 'done', 'failed', 'cancelled', 'indeterminate']);

const state = z.enum(sessionStates);

/** What this worker can do; true for the adapter in use, not a constant. */
export const serverCapabilities = z.object({
  protocol_version: z.string(),
  worker_type: z.string(),
  supports_resume: z.boolean(),
  supports_delta: z.boolean(),
  supports_tool_call: z.boolean(),
  /** One process for many turns, one a turn, or one for many sessions. */
  process: z.optional(z.enum(['hot', 'per_turn', 'shared'])),
  /** Whether the agent thinks aloud, and which of the requests to people it can make. */
  supports_reasoning: z.optional(z.boolean()),
  supports_permission: z.optional(z.boolean()),
  supports_question: z.optional(z.boolean()),
  supports_elicitation: z.optional(z.boolean()),
  supports_ping: z.boolean(),
  max_frame_size: z.int(),
  modalities: z.array(z.string()),
  tools: z.optional(z.array(z.string())),
  max_turns: z.optional(z.int()),
  models: z.optional(
    z.array(z.object({ id: z.string(), name: z.optional(z.string()), description: z.optional(z.string()) })),
  ),
  commands: z.optional(z.array(z.object({ name: z.string(), description: z.optional(z.string()) }))),
  permission_modes: z.optional(z.array(z.string())),
  worker_commands: z.optional(z.array(z.string())),
  /** Whether a session can branch off another with all the agent remembers. */
  fork: z.optional(z.boolean()),
  /** Whether it can be taken back to before one of its turns, and goes on as if what came since was never said. */
  rewind: z.optional(z.boolean()),
  queue: z.boolean(),
  steer: z.optional(z.boolean()),
  interrupt: z.boolean(),
  /** Whether a turn goes on while the gateway is gone, killed or restarted, and ends as if nothing had happened. */
  survives_restart: z.optional(z.boolean()),
  replay: z.boolean(),
});

/** Events of the session that belong to its log, beside those of turns and interactions. */
export const sessionEvents = {
  state: {
    about: 'The session moved to another state.',
    data: z.object({ state, message: z.optional(z.string()) }),
  },
  input: {
    about: 'An accepted prompt, told to every client.',
    data: z.object({
      input_id: z.string(),
      content: z.string(),
      parts: z.optional(z.array(inputPart)),
      author: z.string(),
      delivery,
      status: inputStatus,
    }),
  },
  'input.status': {
    about: 'What became of an accepted prompt.',
    data: z.object({
      input_id: z.string(),
      status: inputStatus,
      turn_id: z.optional(z.string()),
      content: z.optional(z.string()),
      reason: z.optional(z.string()),
    }),
  },
  'session.forked': {
    about:
      'This session branched off another, at its end or at one of its turns: what came before is a copy of its log.',
    data: z.object({
      from: z.string(),
      work_dir: z.string(),
      before_turn: z.optional(z.string()),
      after_turn: z.optional(z.string()),
    }),
  },
  'session.rewound': {
    about:
      'The agent was taken back to before a turn: that one and all that came since are set aside. They stay in the log.',
    data: z.object({ turn_id: z.string(), turns: z.int() }),
  },
  error: {
    about: 'Something failed: a stable code, words for people, and whether trying again helps.',
    data: z.object({
      code: z.string(),
      message: z.string(),
      event_id: z.optional(z.string()),
      details: z.optional(z.record(z.string(), z.unknown())),
      retryable: z.optional(z.boolean()),
    }),
  },
} as const;

/** Frames of one connection: never logged, they carry the session’s current number. */
export const connectionEvents = {
  init_ack: {
    about: 'The first frame of a connection: the session as it stands, or why there is none.',
    data: z.object({
      session_id: z.string(),
      state,
      server_caps: serverCapabilities,
      epoch: z.optional(z.string()),
      last_seq: z.optional(z.int()),
      oldest_seq: z.optional(z.int()),
      isolation: z.optional(z.string()),
      resumed: z.optional(z.boolean()),
      queue: z.optional(z.array(z.string())),
      pending: z.optional(z.array(z.string())),
      turn: z.optional(z.nullable(z.object({ id: z.string(), first_seq: z.int() }))),
      role: z.optional(z.enum(['driver', 'viewer'])),
      duplicate: z.optional(z.boolean()),
      error: z.optional(z.string()),
      code: z.optional(z.string()),
      details: z.optional(z.record(z.string(), z.unknown())),
    }),
  },
  'input.receipt': {
    about: 'Answers a repeated input with the receipt of the first one.',
    data: z.object({
      input_id: z.string(),
      status: inputStatus,
      turn_id: z.optional(z.string()),
      duplicate: z.boolean(),
    }),
  },
  'session.opened': {
    about: 'Answers fork and cd: the session that goes on in its stead.',
    data: z.object({ session_id: z.string(), from: z.string(), work_dir: z.string() }),
  },
  presence: {
    about: 'Who is connected to the session, for clients that asked for it: all of them, each time.',
    data: z.object({
      participants: z.array(
        z.object({
          user: z.string(),
          role: z.enum(['driver', 'viewer']),
          client: z.optional(z.string()),
          you: z.boolean(),
        }),
      ),
    }),
  },
  pong: { about: 'Answers a ping.', data: z.object({ state: z.string() }) },
  control: {
    about: 'Tells a client about its connection: reconnect, throttle, re-authenticate.',
    data: controlData,
  },
  resync: {
    about: 'The asked-for replay is not possible; what can be had starts at first_seq.',
    data: z.object({
      reason: z.enum(['epoch_changed', 'future_seq', 'trimmed']),
      first_seq: z.int(),
      last_seq: z.int(),
      epoch: z.string(),
    }),
  },
} as const;
