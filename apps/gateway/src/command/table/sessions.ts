import type { CommandDescription } from '../command.ts';
import { accessOptions } from './access-options.ts';
import { jsonOption } from './shared-options.ts';

export const sessions = {
  name: 'sessions',
  group: 'agents',
  purpose: 'your sessions at a running gateway',
  actions: {
    list: { purpose: 'those that are not archived, the newest first' },
    show: {
      words: 'ID',
      purpose: 'one of them: where it works, what it took, how a terminal goes on with it',
    },
    stop: { words: 'ID', purpose: 'end its agent; its next prompt resumes it' },
    delete: { words: 'ID', purpose: 'for good, with all that was said in it' },
    export: { words: 'ID', purpose: 'what was said in it, on stdout' },
    rename: { words: 'ID TITLE', purpose: 'give it another title' },
  },
  options: {
    limit: { short: 'n', value: 'COUNT', purpose: 'list: how many; default: 20' },
    all: { purpose: 'list: however many there are' },
    archived: { purpose: 'list: those that were put away instead; the other actions find both' },
    format: {
      short: 'f',
      value: 'FORMAT',
      choices: ['markdown', 'jsonl'],
      purpose: 'export: markdown (default) to read, or jsonl, every event as it was',
    },
    yes: { short: 'y', purpose: 'delete: without asking' },
    ...jsonOption,
    ...accessOptions,
  },
  examples: [
    ['sessions list', 'what is there'],
    ['sessions list --archived', 'what was put away; hotplex chat --resume ID takes one back'],
    ['sessions export 4f1c > talk.md', 'the first letters of an id will do, four at least'],
    ["sessions rename 4f1c 'The slow build'", 'a title is one word for the shell'],
  ],
  exitCodes: { 0: 'done', 1: 'there is no such session', 4: 'no gateway, or it does not let us in' },
} as const satisfies CommandDescription;
