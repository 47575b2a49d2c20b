import type { OptionDescription } from '../command.ts';

/** Which configuration is meant: that of the gateway, for commands that look at its data. */
export const configOption = {
  config: {
    short: 'c',
    value: 'FILE',
    completes: 'file',
    purpose: 'the configuration; otherwise HOTPLEX_CONFIG, and what the environment says',
  },
} as const satisfies Record<string, OptionDescription>;

export const jsonOption = {
  json: { purpose: 'print JSON, for programs' },
} as const satisfies Record<string, OptionDescription>;
