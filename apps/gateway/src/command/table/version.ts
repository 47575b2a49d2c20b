import type { CommandDescription } from '../command.ts';
import { jsonOption } from './shared-options.ts';

export const version = {
  name: 'version',
  group: 'tool',
  purpose: 'which version this is; also hotplex --version',
  options: jsonOption,
  examples: [['version --json', 'with that of Node and of the system']],
} as const satisfies CommandDescription;
