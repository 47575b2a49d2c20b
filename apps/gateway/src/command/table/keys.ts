import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const keys = {
  name: 'keys',
  group: 'access',
  purpose: 'API keys of programs; also while the gateway runs, which takes them at once',
  actions: {
    create: { words: 'NAME', purpose: 'make a key; it is printed once, and only its digest is kept' },
    list: { purpose: 'all keys: which, for whom, until when, last used' },
    revoke: { words: 'KEY', purpose: 'end a key, by its id or, if it is the only one, by its name' },
  },
  options: {
    role: {
      value: 'ROLE',
      choices: ['viewer', 'driver', 'admin'],
      purpose: 'what it is good for: driver (default), viewer, or admin for the operators’ port alone',
    },
    expires: { value: 'TIME', purpose: 'after so long it is void, such as 12h or 90d; default: never' },
    rotate: {
      purpose: 'make another key for a NAME that has, or had, one: the same somebody, with the same sessions',
    },
    ...jsonOption,
    ...configOption,
  },
  examples: [
    ['keys create ci --expires 90d', 'for a pipeline'],
    ['keys create graphs --role admin', 'for what asks the operators’ port'],
  ],
} as const satisfies CommandDescription;
