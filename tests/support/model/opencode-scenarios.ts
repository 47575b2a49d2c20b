import { answer, type Scenario, type Step, steps, text, thinking, tool } from './script.ts';

const bash = (command: string) => tool('bash', { command, description: 'A command' });

const question = {
  question: 'Which colour?',
  header: 'Colour',
  options: [
    { label: 'Red', description: 'A warm one' },
    { label: 'Blue', description: 'A cold one' },
  ],
};

const todos = (first: string, second: string) => ({
  todos: [
    { content: 'First', status: first, priority: 'high' },
    { content: 'Second', status: second, priority: 'low' },
  ],
});

/** So that OpenCode tries again at once. */
const soon = { 'retry-after-ms': '20' };

const scripts: Readonly<Record<string, Scenario>> = {
  text: ({ argument }) => answer(text(argument || 'A short answer.')),
  think: steps(answer(thinking('Let me think about it.'), text('A considered answer.'))),
  picture: ({ images }) => answer(text(`I see ${images} picture.`)),
  system: ({ system }) => answer(text(system.includes('XYZZY') ? 'XYZZY' : 'Nothing.')),
  recall: ({ said }) => answer(text(`First you said: ${said[0]}`)),
  'recall-all': ({ said }) => answer(text(`You said: ${said.join(' | ')}`)),
  slow: () => ({ do: 'answer', blocks: [text('tick '.repeat(2_000))], chunk: 5, pace: 20 }),
  /** Long enough to be joined by another prompt. */
  joined: () => ({ do: 'answer', blocks: [text('tick '.repeat(40))], chunk: 5, pace: 25 }),

  touch: ({ argument, step }) =>
    step === 0 ? answer(text('Creating it.'), bash(`touch ${argument}`)) : answer(text('It is there.')),
  bash: ({ argument, step }) => (step === 0 ? answer(bash(argument)) : answer(text('It ran.'))),
  parallel: steps(
    answer(text('Two at once.'), tool('glob', { pattern: '*.txt' }), tool('glob', { pattern: '*.md' })),
    answer(text('Both ran.')),
  ),
  /** A call that ends at once, and then words or a command without an end. */
  'look-slow': ({ step }) =>
    step === 0
      ? answer(tool('glob', { pattern: '*' }))
      : { do: 'answer', blocks: [text('tick '.repeat(2_000))], chunk: 5, pace: 20 },
  'look-and': ({ argument, step }) =>
    step === 0 ? answer(tool('glob', { pattern: '*' }), bash(argument)) : answer(text('It ran.')),
  read: ({ argument, step }) =>
    step === 0 ? answer(tool('read', { filePath: argument })) : answer(text('I read it.')),
  write: ({ argument, step }) =>
    step === 0
      ? answer(tool('write', { filePath: argument, content: 'new\n' }))
      : answer(text('I wrote it.')),
  edit: ({ argument, step }) => {
    if (step === 0) return answer(tool('read', { filePath: argument }));
    if (step > 1) return answer(text('Changed.'));
    return answer(tool('edit', { filePath: argument, oldString: 'beta', newString: 'BETA' }));
  },
  todo: steps(
    answer(tool('todowrite', todos('in_progress', 'pending'))),
    answer(tool('todowrite', todos('completed', 'pending'))),
    answer(text('Noted.')),
  ),
  ask: steps(answer(tool('question', { questions: [question] })), answer(text('Thank you.'))),
  agent: ({ argument, step }) =>
    step === 0
      ? answer(
          tool('task', {
            description: 'A smaller task',
            prompt: argument ? `@@bash(${argument})` : 'Please report. @@text(I am the helper.)',
            subagent_type: 'general',
          }),
        )
      : answer(text('The helper is done.')),

  limited: ({ argument, attempt }) =>
    attempt <= Number(argument) ? { ...rateLimited, headers: soon } : answer(text('Recovered.')),
  'limited-for-long': () => ({ ...rateLimited, headers: { 'retry-after': '60' } }),
  'limited-for-good': () => ({ ...rateLimited, headers: soon }),
  unauthorized: () => refuse(401, 'authentication_error', 'invalid x-api-key'),
  broken: () => ({ ...refuse(500, 'api_error', 'Internal server error'), headers: soon }),
  'no-model': () => refuse(404, 'not_found_error', 'model: no-such-model'),
  overloaded: () => ({ ...refuse(529, 'overloaded_error', 'Overloaded'), headers: soon }),
  invalid: () => refuse(400, 'invalid_request_error', 'messages: something is wrong'),
  cut: () => ({ do: 'answer', blocks: [text('broken off '.repeat(2))], breaks: 'cut' }),
  'cut-once': ({ attempt }) =>
    attempt === 1
      ? { do: 'answer', blocks: [text('broken off '.repeat(2))], breaks: 'cut' }
      : answer(text('Said anew.')),
};

const rateLimited = refuse(429, 'rate_limit_error', 'This would exceed your rate limit');

/** OpenCode asks for a title beside the first turn, with the same prompt. */
const untitled =
  (script: Scenario): Scenario =>
  (situation) =>
    /^Generate a title/.test(situation.said[0] ?? '') ? answer(text('A title')) : script(situation);

/** What the scripted model can be told to do by `@@name(argument)`, with the tools of OpenCode. */
export const openCodeScenarios: Readonly<Record<string, Scenario>> = Object.fromEntries(
  Object.entries(scripts).map(([name, script]) => [name, untitled(script)]),
);

function refuse(status: number, type: string, message: string): Extract<Step, { do: 'refuse' }> {
  return { do: 'refuse', status, type, message };
}
