import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const policy = {
  name: 'policy',
  group: 'configuration',
  purpose: 'what would be answered to a tool call of an agent; nothing is run, read or fetched',
  actions: {
    check: { words: 'COMMAND', purpose: 'to a command of a shell' },
    url: { words: 'URL', purpose: 'to an address that is fetched' },
    path: { words: 'PATH', purpose: 'to a file that is read, written or deleted' },
  },
  words: '--jsonl',
  options: {
    cwd: { value: 'DIR', completes: 'folder', purpose: 'where the agent is; default: here' },
    'work-dir': {
      value: 'DIR',
      completes: 'folder',
      purpose: 'the work dir of its session; default: where it is',
    },
    op: {
      value: 'ACTION',
      choices: ['read', 'write', 'delete'],
      purpose: 'what is done with the path; default: write, which is judged most strictly',
    },
    resolve: { purpose: 'ask for the addresses of a host name, too' },
    jsonl: { purpose: 'one question a line on stdin, one answer a line on stdout' },
    ...jsonOption,
    ...configOption,
  },
  examples: [
    ["policy check 'git push --force'", 'may an agent do this?'],
    ['policy path ~/.ssh/id_ed25519 --op read', 'may it read that?'],
  ],
  notes: [
    'With --jsonl each line is answered with {"decision", "rule", "reason"}, or with {"error", "line"} if it is not',
    '{"cmd" | "url" | "path", "cwd"?, "op"?}; the exit code is 0 then.',
  ],
  exitCodes: { 0: 'for allow', 1: 'for ask', 2: 'for deny', 3: 'if the question is none' },
} as const satisfies CommandDescription;
