import { scenarios } from './scenarios.ts';
import { answer, type Scenario, text, tool } from './script.ts';

const bash = (command: string) => tool('bash', { command, description: 'A command' });

/** The scenarios for `opencode acp`: what differs is how OpenCode's tools are called. */
export const acpScenarios: Readonly<Record<string, Scenario>> = {
  ...scenarios,
  touch: ({ argument, step }) =>
    step === 0 ? answer(text('Creating it.'), bash(`touch ${argument}`)) : answer(text('It is there.')),
  bash: ({ argument, step }) => (step === 0 ? answer(bash(argument)) : answer(text('It ran.'))),
  parallel: ({ step }) =>
    step === 0 ? answer(text('Two at once.'), bash('echo one'), bash('echo two')) : answer(text('Both ran.')),
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
};
