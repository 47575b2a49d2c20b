import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const config = {
  name: 'config',
  group: 'configuration',
  purpose: 'what the gateway would run with, and what a running one did',
  actions: {
    check: { purpose: 'whether it is right; says what is not, and what to do' },
    show: { purpose: 'every setting, its value, and where that is from' },
    diff: {
      words: '[OTHER-FILE]',
      purpose: 'the settings that are not as by default, or not as in the other file',
    },
    schema: { purpose: 'JSON Schema of the file, for editors' },
    history: { purpose: 'the versions that a running gateway had, the newest first, and what changed' },
    reload: { purpose: 'have a running gateway read its file anew now' },
    rollback: { words: 'VERSION', purpose: 'have it take an earlier version back, until its file changes' },
  },
  options: { ...configOption, ...jsonOption },
  examples: [
    ['config check -c hotplex.yaml', 'before it is used'],
    ['config diff', 'what you have set, and nothing else'],
    ['config rollback 12', 'what history calls version 12'],
  ],
  notes: [
    'check tries no port, no database and no sandbox: that is what hotplex doctor is for. Secrets are not shown.',
    'history, reload and rollback ask the operators’ port of the gateway of this machine’s data, with its admin token.',
  ],
  exitCodes: {
    0: 'it is right, or done',
    1: 'the configuration is wrong',
    4: 'no gateway, or it does not let us in',
  },
} as const satisfies CommandDescription;
