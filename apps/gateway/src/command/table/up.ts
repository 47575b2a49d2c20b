import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const up = {
  name: 'up',
  group: 'agents',
  purpose: 'a gateway in the background, and the link to its web chat',
  options: {
    'no-open': { purpose: 'leave the browser alone; over SSH and without a desktop it is left alone anyway' },
    ...jsonOption,
    ...configOption,
  },
  examples: [
    ['up', 'start what does not run yet, and open the web chat'],
    ['up --no-open', 'a new link, for another browser'],
    ['up --json', 'for programs: the link, the agents, where the data and the log are'],
  ],
  notes: [
    'If a gateway of this machine’s data runs it starts no other. The link signs one browser in, once, within an hour; a new',
    'one makes the one before void. Whoever can write to the data can make such links. One that hotplex run or chat has',
    'started for itself is ended, and another takes its place.',
  ],
} as const satisfies CommandDescription;
