import type { CommandDescription } from '../command.ts';
import { configOption } from './shared-options.ts';

export const serve = {
  name: 'serve',
  group: 'gateway',
  purpose: 'run the gateway here, until Ctrl+C',
  options: configOption,
  examples: [
    ['serve', 'with the defaults, on http://127.0.0.1:8888'],
    ['serve --config hotplex.yaml', 'with a configuration of your own'],
  ],
} as const satisfies CommandDescription;
