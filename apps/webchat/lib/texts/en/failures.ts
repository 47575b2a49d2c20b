/** The words of notices and errors, in English. */
export const enFailures = {
  notices: {
    retry: 'Trying again',
    rate_limit: 'Rate limit',
    compaction: 'Context compacted',
    info: 'Note',
    model: 'Model',
    permission_mode: 'Permission mode',
    background: 'Background task',
    backgroundTasks: (count: number) =>
      count === 0
        ? 'No background task runs any more'
        : count === 1
          ? '1 background task runs'
          : `${count} background tasks run`,
    raw: (kind: string) => `Message of the agent: ${kind}`,
  },

  errors: {
    title: 'Something failed',
    unknown: 'An unexpected error.',
    network: 'The gateway could not be reached.',
    remedies: {
      WORKER_START_FAILED: 'Read the message: it names what is missing. Then send your message again.',
      WORKER_CRASH: 'The agent comes back with its memory when you send the next message.',
      WORKER_TIMEOUT: 'Try again, or stop it and ask for less.',
      WORKER_OOM: 'Ask for less at once, or raise the memory limit.',
      PROCESS_SIGKILL: 'Send the next message: the session resumes.',
      WORKER_OUTPUT_LIMIT: 'Ask for less output.',
      SESSION_BUSY: 'Wait for the running turn, then send again.',
      RATE_LIMITED: 'Wait a moment, then try again.',
      GATEWAY_OVERLOAD: 'Close other sessions or try again later.',
      TURN_TIMEOUT: 'Ask for less at once.',
      RECONNECT_REQUIRED: 'Send your message again; everything before it is kept.',
      NOT_SUPPORTED: 'This agent cannot do that.',
      ALREADY_RESOLVED: 'Somebody else answered first.',
      BUDGET_EXCEEDED: 'Raise the budget or wait for the next period.',
      POLICY_DENIED: 'A policy forbids it. Ask whoever runs the gateway.',
      UNAUTHORIZED: 'Sign in again.',
      FORBIDDEN: 'Ask an owner of the session.',
      INTERNAL_ERROR: 'Try again; if it persists, look in the gateway’s log.',
    } as Record<string, string>,
  },
};
