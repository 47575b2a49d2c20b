/** The words of a conversation and what an agent does in it, in English. */
export const enConversation = {
  connection: {
    idle: 'Not connected',
    connecting: 'Connecting…',
    ready: 'Connected',
    reconnecting: (seconds: number) => (seconds > 0 ? `Reconnecting in ${seconds} s` : 'Reconnecting…'),
    offline: 'No network',
    closed: 'Disconnected',
  },

  composer: {
    label: 'Message to the agent',
    placeholder: 'Ask for something…',
    placeholderRunning: 'Write the next task; it waits in line…',
    send: 'Send',
    queue: 'Add to the queue',
    stop: 'Stop',
    stopping: 'Stopping…',
    failed: 'The message was not accepted. It is back in the field.',
    keys: 'Enter sends · Shift+Enter new line',
    stopFailed: 'The agent could not be stopped.',
  },

  queue: {
    title: (count: number) => (count === 1 ? '1 message waiting' : `${count} messages waiting`),
    remove: 'Take out of the queue',
    removeFailed: 'It could not be taken out: it is probably running already.',
  },

  conversation: {
    label: 'Conversation',
    latest: 'Jump to latest',
    you: 'You',
    agent: 'Agent',
    thinking: 'Thinking',
    thought: 'Thoughts',
    copyAnswer: 'Copy this answer',
    unheard: 'Waiting for the connection…',
    working: 'Working…',
    waitingForYou: 'Waiting for you',
    finished: 'The agent has finished.',
    interrupted: 'Stopped before it was finished',
    contextLost:
      'The agent could not find its memory of this conversation and started afresh. Tell it again what it needs to know.',
    pending: (count: number) =>
      count === 1 ? 'The agent needs your answer' : `The agent needs ${count} answers`,
    image: (alt: string) => (alt ? `Image: ${alt}` : 'Image'),
    failedSend: 'The turn could not be followed.',
  },

  turn: {
    duration: 'Time',
    tokens: (input: string, output: string) => `${input} in, ${output} out`,
    cost: 'Cost',
    context: (percent: number) => `${percent} % of the context used`,
    tools: (count: number) => (count === 1 ? '1 tool call' : `${count} tool calls`),
  },

  tools: {
    running: 'running',
    pending: 'preparing',
    waiting: 'waiting for permission',
    done: 'done',
    failed: 'failed',
    denied: 'denied',
    input: 'Input',
    output: 'Output',
    noOutput: 'No output',
    read: 'Read',
    edit: 'Edit',
    delete: 'Delete',
    move: 'Move',
    search: 'Search',
    execute: 'Run',
    think: 'Think',
    fetch: 'Fetch',
    mcp: 'Tool',
    agent: 'Sub-agent',
    other: 'Tool',
    todo: 'To-do list',
    unchanged: (lines: number) => (lines === 1 ? '1 unchanged line' : `${lines} unchanged lines`),
    added: 'added',
    removed: 'removed',
    newFile: 'new file',
    inside: (count: number) => (count === 1 ? '1 step' : `${count} steps`),
  },

  steps: {
    kind: { subagent: 'Sub-agent', background: 'Background task' } as Record<string, string>,
    status: {
      running: 'running',
      completed: 'done',
      failed: 'failed',
      stopped: 'stopped',
      killed: 'stopped',
    } as Record<string, string>,
  },

  plan: {
    title: 'Plan',
    progress: (done: number, all: number) => `${done} of ${all} done`,
    pending: 'to do',
    in_progress: 'in progress',
    completed: 'done',
  },
};
