import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const hooks = {
  name: 'hooks',
  group: 'access',
  purpose: 'who outside is told of what happens in sessions (section hooks of the configuration)',
  actions: {
    list: { purpose: 'the targets, and of which events each is told' },
    test: { words: 'NAME', purpose: 'tell one target of a made-up event, now' },
    dead: { purpose: 'deliveries that were given up, and why' },
    retry: {
      words: '[ID]',
      purpose: 'try a dead one again; without ID: all of them. The gateway does it within a minute',
    },
  },
  options: { ...jsonOption, ...configOption },
  examples: [['hooks test chat-room', 'does it arrive?']],
  exitCodes: { 0: 'done', 1: 'test: the target did not take it' },
} as const satisfies CommandDescription;
