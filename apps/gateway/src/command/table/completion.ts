import type { CommandDescription } from '../command.ts';

export const completion = {
  name: 'completion',
  group: 'tool',
  purpose: 'what a shell needs to complete commands of hotplex',
  actions: {
    bash: { purpose: 'for bash 4 or newer' },
    zsh: { purpose: 'for zsh' },
    fish: { purpose: 'for fish' },
  },
  options: {},
  examples: [
    ['completion bash > ~/.local/share/bash-completion/completions/hotplex', 'for every new bash'],
    ['completion zsh > ~/.zfunc/_hotplex', 'for every new zsh, if ~/.zfunc is in its fpath'],
    ['completion fish > ~/.config/fish/completions/hotplex.fish', 'for every new fish'],
  ],
} as const satisfies CommandDescription;
