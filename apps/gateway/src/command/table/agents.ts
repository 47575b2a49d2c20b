import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const agents = {
  name: 'agents',
  group: 'configuration',
  purpose: 'which agents are installed here, and how to get the others',
  options: { ...configOption, ...jsonOption },
  examples: [['agents', 'each with its version, and whether this gateway was tested with it']],
} as const satisfies CommandDescription;
