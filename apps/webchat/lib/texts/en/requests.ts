/** The words of what an agent asks a person, in English. */
export const enRequests = {
  permission: {
    title: (tool: string) => `May the agent use ${tool}?`,
    explain: 'This is exactly what would run.',
    resolved: 'Runs as',
    folder: 'In',
    touches: 'Touches',
    hidden: 'Invisible or text-reversing characters are shown as codes.',
    allowOnce: 'Allow once',
    allowSession: 'Allow for this session',
    deny: 'Deny',
    reason: 'Reason (optional)',
    reasonHint: 'Deny and say why…',
    keys: (forSession: boolean) =>
      `With this card focused: Y allows once, ${forSession ? 'A allows for this session, ' : ''}N denies.`,
    sending: 'Sending your answer…',
    failed: 'Your answer did not arrive. Try again.',
    allowed: (tool: string) => `${tool} allowed`,
    denied: (tool: string) => `${tool} denied`,
    by: (who: string) => `by ${who}`,
    timeout: 'nobody answered in time',
    policy: 'by policy',
    interrupted: 'the turn was stopped',
    deadline: (time: string) => `Answers itself with “no” ${time}`,
  },

  question: {
    title: 'The agent has a question',
    own: 'Something else',
    ownPlaceholder: 'Your own answer',
    answer: 'Answer',
    many: 'Choose one or more',
    answered: 'Answered',
    unanswered: 'Not answered',
    failed: 'Your answer did not arrive. Try again.',
  },

  budget: {
    title: 'The budget is used up',
    used: (amount: string) => `This session has used ${amount}. What you send waits until somebody decides.`,
    goOn: (amount: string) => `Go on with another ${amount}`,
    day: (amount: string) =>
      `You have used ${amount} today, which is your budget. What you send waits until 00:00 UTC, or until an operator raises it.`,
    stop: 'Stop and take back what waits',
    tokens: (count: string) => `${count} tokens`,
    minutes: (count: number) => `${count} min of agent time`,
  },

  elicitation: {
    title: (server: string) => `${server} asks for some details`,
    accept: 'Submit',
    decline: 'Decline',
    accepted: 'Sent',
    declined: 'Declined',
    cancelled: 'Cancelled',
    openUrl: 'It asks you to open this address yourself:',
    required: (label: string) => `${label} (required)`,
    failed: 'Your answer did not arrive. Try again.',
  },
};
