/** The words of a conversation and what an agent does in it, in English. */
export const enConversation = {
  presence: {
    title: 'Connected now',
    count: (people: number) => `${people} connected now`,
    you: 'this page',
    driver: 'drives',
    viewer: 'watches',
    unnamed: 'a program',
  },

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
    keysRunning: 'Enter puts it in line · Ctrl+Enter sends it into this turn',
    deliveries: 'Send in another way',
    delivery: {
      queue: ['After this turn', 'It waits in line'],
      steer: ['Into this turn', 'The agent reads it as it works'],
      interrupt: ['In place of this turn', 'The running turn is stopped'],
    } as Record<'queue' | 'steer' | 'interrupt', readonly [name: string, explanation: string]>,
    stopFailed: 'The agent could not be stopped.',
  },

  completion: {
    command: 'Commands and skills of the agent',
    path: 'Files of the work directory',
  },

  attachments: {
    title: 'Files for the next message',
    add: 'Attach files',
    drop: 'Drop files here to attach them',
    uploading: 'Uploading…',
    remove: (name: string) => `Remove ${name}`,
    save: (name: string) => `Save ${name}`,
    gone: (name: string) => `${name} is not there any more.`,
    unnamed: 'File',
    reasons: {
      too_large: 'The file is too large.',
      session_full: 'The files of this session are too large together.',
      too_many: 'This session has too many files.',
      media_type: 'Files of this kind are not taken.',
      empty: 'The file is empty.',
    } as Record<string, string>,
  },

  queue: {
    title: (count: number) => (count === 1 ? '1 message waiting' : `${count} messages waiting`),
    remove: 'Take out of the queue',
    edit: 'Change this message',
    edited: 'The waiting message',
    save: 'Save the change',
    editFailed: 'It could not be changed: it is probably running already.',
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

  diagram: {
    alt: 'Diagram',
    showSource: 'Source',
    showDiagram: 'Diagram',
    failed: 'This diagram could not be drawn; its source is shown instead.',
  },

  turn: {
    duration: 'Time',
    tokens: (input: string, output: string) => `${input} in, ${output} out`,
    cost: 'Cost',
    context: (percent: number) => `${percent} % of the context used`,
    tools: (count: number) => (count === 1 ? '1 tool call' : `${count} tool calls`),
  },

  context: {
    title: 'Context',
    unknown: 'How full it is was not told yet',
    of: (used: string, size: string) => `${used} of ${size} tokens`,
    session: 'This session',
    turns: 'Turns',
    tokensIn: 'Tokens in',
    tokensCached: 'Tokens from the cache',
    tokensOut: 'Tokens out',
    model: 'Model',
    ask: 'Ask the agent now',
    askFailed: 'The agent could not be asked.',
  },

  tools: {
    running: 'running',
    pending: 'preparing',
    waiting: 'waiting for permission',
    done: 'done',
    failed: 'failed',
    denied: 'denied',
    stopped: 'stopped',
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
    /** Of one that went on when its turn was over. */
    started: 'started',
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
