import type { RunCommand } from './command.ts';
import { commandTable } from './command-table.ts';
import { bashCompletion } from './completion/bash.ts';
import { fishCompletion } from './completion/fish.ts';
import { zshCompletion } from './completion/zsh.ts';
import { readArguments } from './read-arguments.ts';
import { completion } from './table/completion.ts';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** Prints the script by which a shell completes commands of this program. */
export const runCompletion: RunCommand = async (args) => {
  const { action = 'bash' } = readArguments(completion, args);
  const all = commandTable.map(({ description }) => description);
  console.log(shells[action](all));
  return 0;
};
