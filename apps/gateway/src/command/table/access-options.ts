import type { isolationLevels } from '@hotplex/aep-protocol';
import type { OptionDescription } from '../command.ts';
import { configOption } from './shared-options.ts';

/** Which gateway a client talks to, and as whom. */
export const accessOptions = {
  url: { value: 'URL', purpose: 'the gateway; otherwise HOTPLEX_URL, or that of this machine’s data' },
  'key-file': {
    value: 'FILE',
    completes: 'file',
    purpose: 'where the API key or token for that is; otherwise HOTPLEX_KEY',
  },
  ...configOption,
} as const satisfies Record<string, OptionDescription>;

/** How a session begins, or with which one it goes on. */
export const sessionOptions = {
  agent: {
    short: 'a',
    value: 'TYPE',
    purpose: 'the agent, as hotplex agents lists it; otherwise HOTPLEX_AGENT, or the first that is installed',
  },
  cwd: {
    value: 'DIR',
    completes: 'folder',
    purpose: 'where it works; default: here, and at the gateway of another machine what that says',
  },
  model: { short: 'm', value: 'ID', purpose: 'its model' },
  isolation: {
    value: 'LEVEL',
    // Written here, for `hotplex version` loads no protocol; the compiler compares.
    choices: ['none', 'process', 'sandbox', 'container'] as const satisfies typeof isolationLevels,
    purpose: 'what keeps it from the rest of the machine; default, and least: as the gateway has it',
  },
} as const satisfies Record<string, OptionDescription>;
