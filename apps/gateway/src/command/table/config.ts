import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const config = {
  name: 'config',
  group: 'configuration',
  purpose: 'what the gateway would run with; nothing is started or changed',
  actions: {
    check: { purpose: 'whether it is right; says what is not, and what to do' },
    show: { purpose: 'every setting, its value, and where that is from' },
    diff: {
      words: '[OTHER-FILE]',
      purpose: 'the settings that are not as by default, or not as in the other file',
    },
    schema: { purpose: 'JSON Schema of the file, for editors' },
  },
  options: { ...configOption, ...jsonOption },
  examples: [
    ['config check -c hotplex.yaml', 'before it is used'],
    ['config diff', 'what you have set, and nothing else'],
  ],
  notes: [
    'check tries no port, no database and no sandbox: that is what hotplex doctor is for. Secrets are not shown.',
  ],
  exitCodes: { 0: 'it is right', 1: 'the configuration is wrong' },
} as const satisfies CommandDescription;
