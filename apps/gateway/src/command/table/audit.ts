import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const audit = {
  name: 'audit',
  group: 'access',
  purpose: 'who decided and changed what; also while the gateway runs',
  actions: {
    verify: { purpose: 'whether all records are there and as they were written' },
    export: { purpose: 'all records, oldest first, in the format that is named' },
  },
  options: {
    head: {
      value: 'HASH',
      purpose: 'what an earlier verify printed: it must still be there, or the end was cut off',
    },
    jsonl: { purpose: 'export: one JSON object a line, the only format there is' },
    ...jsonOption,
    ...configOption,
  },
  examples: [
    ['audit verify', 'prints the head: keep it elsewhere'],
    ['audit export --jsonl > audit.jsonl', 'for other programs'],
  ],
  exitCodes: { 0: 'verify: it is whole', 1: 'it is not' },
} as const satisfies CommandDescription;
