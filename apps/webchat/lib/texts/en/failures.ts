/** The words of notices and errors, in English. */
export const enFailures = {
  notices: {
    retry: 'Trying again',
    rate_limit: 'Rate limit',
    quotaWait: (time: string) =>
      `The quota is used up until ${time}. The conversation goes on by itself then; take the waiting message back to stop that.`,
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

  resume: {
    workDirLost: 'The directory of this session is not what it was.',
    agentLost: (agent: string) =>
      `${agent} is not installed on this machine any more. Install it, then send your message again:`,
    move: 'Go on in another directory',
    moveExplain:
      'A new session begins with all that was said here. Whether the agent remembers it too depends on the agent; it says so if it does not.',
    goOn: 'Go on there',
  },

  errors: {
    title: 'Something failed',
    unknown: 'An unexpected error.',
    network: 'The gateway could not be reached.',
    messages: {
      WORKER_START_FAILED: 'The agent could not be started.',
      WORKER_CRASH: 'The agent ended in the middle of its work.',
      WORKER_TIMEOUT: 'The agent did not answer in time.',
      WORKER_OOM: 'The agent used too much memory and was ended.',
      PROCESS_SIGKILL: 'The agent was killed from outside.',
      WORKER_OUTPUT_LIMIT: 'The agent wrote more than is allowed.',
      SESSION_NOT_FOUND: 'This session does not exist.',
      SESSION_EXPIRED: 'This session has expired.',
      SESSION_BUSY: 'The agent is busy with a turn.',
      UNAUTHORIZED: 'You are not signed in any more.',
      FORBIDDEN: 'You may see this, but not do it.',
      INTERNAL_ERROR: 'Something failed in the gateway.',
      RATE_LIMITED: 'Too much was asked in a short time.',
      GATEWAY_OVERLOAD: 'The gateway has no room for another agent.',
      EXECUTION_TIMEOUT: 'The agent took too long.',
      TURN_TIMEOUT: 'The turn took longer than is allowed.',
      RECONNECT_REQUIRED: 'The gateway was stopped in the middle of this turn.',
      NOT_SUPPORTED: 'This agent cannot do that.',
      ALREADY_RESOLVED: 'This has been answered already.',
      BUDGET_EXCEEDED: 'A limit of cost, tokens or time is reached.',
      POLICY_DENIED: 'A policy forbids this.',
    } as Record<string, string>,
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
      ALREADY_RESOLVED: 'Nothing to do: the first answer counts.',
      BUDGET_EXCEEDED: 'Raise the budget or wait for the next period.',
      POLICY_DENIED: 'Ask whoever runs the gateway.',
      UNAUTHORIZED: 'Sign in again.',
      FORBIDDEN: 'Ask an owner of the session.',
      INTERNAL_ERROR: 'Try again; if it persists, look in the gateway’s log.',
    } as Record<string, string>,
  },
};
