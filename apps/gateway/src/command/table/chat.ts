import type { CommandDescription } from '../command.ts';
import { accessOptions, sessionOptions } from './access-options.ts';

export const chat = {
  name: 'chat',
  group: 'agents',
  purpose: 'talk to an agent in this terminal',
  words: '[ID]',
  options: {
    resume: { short: 'r', purpose: 'go on with the session ID, or with one that you choose from a list' },
    ...sessionOptions,
    ...accessOptions,
  },
  examples: [
    ['chat', 'with the first agent that is installed, here'],
    ['chat --agent claude_code --cwd ~/project', 'with one of them, there'],
    ['chat --resume', 'go on, also with what the browser or hotplex run began'],
  ],
  notes: [
    'Enter sends; Alt+Enter, a paste, or \\ at the end of a line begin another line; ↑ is what you wrote before. Ctrl+C',
    'stops the turn, /help says the rest. What is asked is answered by a key, and Enter while something is written.',
    'NO_COLOR and TERM=dumb are heeded. When the connection is lost it comes back by itself, and sends what you wrote',
    'meanwhile. The session stays when you go.',
  ],
  exitCodes: { 0: 'you left', 4: 'no gateway, or it does not let us in' },
} as const satisfies CommandDescription;
