import type { CommandDescription } from '../command.ts';
import { configOption } from './shared-options.ts';

export const serve = {
  name: 'serve',
  group: 'gateway',
  purpose: 'run the gateway here, until Ctrl+C',
  options: {
    ...configOption,
    'log-file': {
      value: 'FILE',
      completes: 'file',
      purpose: 'where the log goes instead of to stderr; at 10 MB it is put aside, three old ones are kept',
    },
  },
  examples: [
    ['serve', 'with the defaults, on http://127.0.0.1:8888'],
    ['serve --config hotplex.yaml', 'with a configuration of your own'],
  ],
} as const satisfies CommandDescription;
