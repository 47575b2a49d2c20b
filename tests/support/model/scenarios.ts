import { answer, type Scenario, type Step, steps, text, thinking, tool } from './script.ts';

const rateLimited: Step = {
  do: 'refuse',
  status: 429,
  type: 'rate_limit_error',
  message: 'This would exceed your rate limit',
  headers: { 'retry-after': '0' },
};

const bash = (command: string, more: Record<string, unknown> = {}) =>
  tool('Bash', { command, description: 'A command', ...more });

const question = {
  question: 'Which colour?',
  header: 'Colour',
  multiSelect: false,
  options: [
    { label: 'Red', description: 'A warm one' },
    { label: 'Blue', description: 'A cold one' },
  ],
};

/** What the scripted model can be told to do, by `@@name` or `@@name(argument)` in a prompt. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  text: ({ argument }) => answer(text(argument || 'A short answer.')),
  think: steps(answer(thinking('Let me think about it.'), text('A considered answer.'))),
  picture: ({ images }) => answer(text(`I see ${images} picture.`)),
  system: ({ system }) => answer(text(system.slice(-200))),
  recall: ({ said }) => answer(text(`First you said: ${said[0]}`)),
  'recall-all': ({ said }) => answer(text(`You said: ${said.join(' | ')}`)),
  many: ({ argument }) => ({
    do: 'answer',
    blocks: [text('abcd '.repeat(Number(argument || 5_000)))],
    chunk: 5,
  }),
  big: ({ argument }) => ({ do: 'answer', blocks: [text('x'.repeat(Number(argument)))], chunk: 8_192 }),
  slow: () => ({ do: 'answer', blocks: [text('tick '.repeat(2_000))], chunk: 5, pace: 20 }),

  touch: ({ argument, step }) =>
    step === 0 ? answer(text('Creating it.'), bash(`touch ${argument}`)) : answer(text('It is there.')),
  bash: ({ argument, step }) => (step === 0 ? answer(bash(argument)) : answer(text('It ran.'))),
  /** Says something, then runs a command that is long enough to be joined by another prompt. */
  joined: steps(answer(text('I wait for you to say more.'), bash('sleep 1')), answer(text('So I went on.'))),
  background: ({ argument, step }) => {
    if (step === 0) return answer(bash(argument, { run_in_background: true }));
    return answer(text(step === 1 ? 'It runs in the background.' : 'It has ended.'));
  },
  parallel: steps(
    answer(text('Two at once.'), bash('echo one'), bash('echo two')),
    answer(text('Both ran.')),
  ),
  read: ({ argument, step }) =>
    step === 0 ? answer(tool('Read', { file_path: argument })) : answer(text('I read it.')),
  write: ({ argument, step }) =>
    step === 0
      ? answer(tool('Write', { file_path: argument, content: 'new\n' }))
      : answer(text('I wrote it.')),
  edit: ({ argument, step }) => {
    if (step === 0) return answer(tool('Read', { file_path: argument }));
    if (step > 1) return answer(text('Changed.'));
    return answer(tool('Edit', { file_path: argument, old_string: 'beta', new_string: 'BETA' }));
  },
  todo: steps(
    answer(
      tool('TaskCreate', { subject: 'First', description: 'The first thing', activeForm: 'Doing it' }),
      tool('TaskCreate', { subject: 'Second', description: 'The second thing', activeForm: 'Doing it' }),
    ),
    answer(tool('TaskUpdate', { taskId: '1', status: 'in_progress' })),
    answer(tool('TaskUpdate', { taskId: '1', status: 'completed' })),
    answer(text('Noted.')),
  ),
  ask: steps(answer(tool('AskUserQuestion', { questions: [question] })), answer(text('Thank you.'))),
  /** Calls the tool of tests/support/mcp/forms-server.ts. */
  form: steps(answer(tool('mcp__forms__ask', {})), answer(text('Thank you.'))),
  plan: steps(answer(tool('ExitPlanMode', { plan: '1. Do it\n2. Check it' })), answer(text('Let us begin.'))),
  agent: steps(
    answer(
      tool('Agent', {
        description: 'A smaller task',
        prompt: 'Please report. @@text(I am the helper.)',
        subagent_type: 'general-purpose',
      }),
    ),
    answer(text('The helper is on it.')),
  ),

  limited: ({ argument, attempt }) =>
    attempt <= Number(argument) ? rateLimited : answer(text('Recovered.')),
  'limited-for-long': () => ({ ...rateLimited, headers: { 'retry-after': '60' } }),
  'limited-for-good': () => ({
    ...rateLimited,
    headers: {
      ...rateLimited.headers,
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-reset': '1900000000',
      'anthropic-ratelimit-unified-representative-claim': 'five_hour',
    },
  }),
  unauthorized: () => refuse(401, 'authentication_error', 'invalid x-api-key'),
  broken: () => refuse(500, 'api_error', 'Internal server error'),
  'no-model': () => refuse(404, 'not_found_error', 'model: no-such-model'),
  overloaded: () => refuse(529, 'overloaded_error', 'Overloaded'),
  invalid: () => refuse(400, 'invalid_request_error', 'messages: something is wrong'),
  cut: ({ argument }) => ({
    do: 'answer',
    blocks: [text('broken off '.repeat(Number(argument || 2)))],
    breaks: 'cut',
  }),
  breaks: () => ({ do: 'answer', blocks: [text('An error comes after this.')], breaks: 'error-event' }),
};

function refuse(status: number, type: string, message: string): Step {
  return { do: 'refuse', status, type, message };
}
