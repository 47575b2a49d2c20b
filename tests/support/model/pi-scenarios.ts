import { answer, type Scenario, type Step, steps, text, thinking, tool } from './script.ts';

const bash = (command: string) => tool('bash', { command });
/** An answer whose pieces come this many milliseconds apart. */
const paced = (pace: number, ...blocks: Parameters<typeof answer>): Step => ({
  do: 'answer',
  blocks,
  chunk: 5,
  pace,
});

/** What the scripted model can be told to do with the tools of Pi, by `@@name` or `@@name(argument)` in a prompt. */
export const piScenarios: Readonly<Record<string, Scenario>> = {
  text: ({ argument }) => answer(text(argument || 'A short answer, told in pieces.')),
  think: steps(answer(thinking('Let me think about it for a while.'), text('A considered answer.'))),
  picture: ({ images }) => answer(text(`I see ${images} picture.`)),
  system: ({ system }) => answer(text(system.slice(-200))),
  recall: ({ said }) => answer(text(`First you said: ${said[0]}`)),
  big: ({ argument }) => ({ do: 'answer', blocks: [text('x'.repeat(Number(argument)))], chunk: 8_192 }),
  slow: () => paced(20, text('tick '.repeat(2_000))),
  'slow-think': () => paced(20, thinking('hmm, '.repeat(2_000)), text('Well.')),

  bash: ({ argument, step }) => (step === 0 ? answer(bash(argument)) : answer(text('It ran.'))),
  touch: ({ argument, step }) =>
    step === 0 ? answer(text('Creating it.'), bash(`touch ${argument}`)) : answer(text('It is there.')),
  parallel: steps(
    answer(text('Two at once.'), bash('echo one'), bash('echo two')),
    answer(text('Both ran.')),
  ),
  look: steps(answer(text('Looking.'), tool('ls', { path: '.' })), answer(text('I looked.'))),
  read: ({ argument, step }) =>
    step === 0 ? answer(tool('read', { path: argument })) : answer(text('I read it.')),
  write: ({ argument, step }) =>
    step === 0 ? answer(tool('write', { path: argument, content: 'new\n' })) : answer(text('I wrote it.')),
  edit: ({ argument, step }) =>
    step === 0
      ? answer(tool('edit', { path: argument, edits: [{ oldText: 'beta', newText: 'BETA' }] }))
      : answer(text('Changed.')),
  call: ({ argument, step }) => (step === 0 ? answer(tool(argument, {})) : answer(text('I called it.'))),
  ask: steps(
    answer(
      tool('ask_user', {
        questions: [
          { question: 'Which colour?', header: 'Colour', options: [{ label: 'Red' }, { label: 'Blue' }] },
        ],
      }),
    ),
    answer(text('Thank you.')),
  ),
  /** Looks around until a prompt without a directive was steered in. */
  wait: ({ said }) =>
    said.at(-1) === 'please go on'
      ? answer(text('Going on.'))
      : paced(5, text('Waiting. '), tool('ls', { path: '.' })),

  limited: ({ argument, attempt }) =>
    attempt <= Number(argument)
      ? refuse(429, 'rate_limit_error', 'This would exceed your rate limit')
      : answer(text('Recovered.')),
  'limited-for-good': () => refuse(429, 'rate_limit_error', 'This would exceed your rate limit'),
  unauthorized: () => refuse(401, 'authentication_error', 'invalid x-api-key'),
  'no-model': () => refuse(404, 'not_found_error', 'model: no-such-model'),
  'limited-for-long': () => refuse(429, 'rate_limit_error', 'This would exceed your rate limit'),
  broken: () => refuse(500, 'api_error', 'Internal server error'),
  overloaded: () => refuse(529, 'overloaded_error', 'Overloaded'),
  invalid: () => refuse(400, 'invalid_request_error', 'messages: something is wrong'),
  cut: () => ({ do: 'answer', blocks: [text('broken off '.repeat(4))], breaks: 'cut' }),
  /** Breaks off once, after some words. */
  breaks: ({ attempt }) => ({
    do: 'answer',
    blocks: [text('An answer in the end.')],
    ...(attempt === 1 ? { breaks: 'error-event' } : {}),
  }),
};

function refuse(status: number, type: string, message: string): Step {
  return { do: 'refuse', status, type, message };
}
