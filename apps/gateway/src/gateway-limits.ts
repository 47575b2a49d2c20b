import type { Config } from './config-schema.ts';
import type { ClientQuotas } from './connection/client-limits.ts';
import type { SessionOptions } from './session/session-options.ts';

/** How much each client may have and send. */
export const quotasOf = ({ limits }: Config): ClientQuotas => ({
  framesPerSecond: limits.frames_per_second,
  framesBurst: limits.frames_burst,
  user: { connections: limits.user_connections, inputsPerMinute: limits.user_inputs_per_minute },
  key: { connections: limits.key_connections, inputsPerMinute: limits.key_inputs_per_minute },
});

/** How patient a session is and what it holds. */
export const sessionLimitsOf = ({ session }: Config): SessionOptions['limits'] => ({
  permissionTimeoutMs: session.permission_timeout,
  interruptTimeoutMs: session.interrupt_timeout,
  maxQueue: session.max_queue,
  maxInputBytes: session.max_input_size,
  watch: {
    firstEventMs: session.first_event_timeout,
    inactivityMs: session.inactivity_timeout,
    turnMs: session.turn_timeout,
    idleMs: session.idle_timeout,
    lifetimeMs: session.max_lifetime,
  },
  budget: {
    turnToolCalls: session.max_tool_calls,
    turnOutput: session.max_output,
    sessionCostUsd: session.max_cost,
  },
});
