import type { Command } from '../shell.ts';
import { builtins } from './builtins.ts';
import { containerCommands } from './containers.ts';
import { fileCommands } from './file-commands.ts';
import { forbiddenCommands, forbiddenFamily } from './forbidden-commands.ts';
import { git } from './git.ts';
import { isLanguage, runLanguage, runShell, shells } from './interpreters.ts';
import { networkCommands } from './network-commands.ts';
import { packageCommands } from './package-managers.ts';
import { runnerCommands } from './runners.ts';
import { scriptCommands } from './sed-and-awk.ts';
import { serviceCommands } from './service-commands.ts';
import { textCommands } from './text-commands.ts';
import { wrapperCommands } from './wrappers.ts';

let named: ReadonlyMap<string, Command> | undefined;

/** The command of a name that has a way of its own; a later list wins where two know a name. */
export function findOwnCommand(name: string): Command | undefined {
  named ??= new Map<string, Command>([
    ...forbiddenCommands,
    ...serviceCommands,
    ...packageCommands,
    ...containerCommands,
    ...networkCommands,
    ...wrapperCommands,
    ...fileCommands,
    ...textCommands,
    ...scriptCommands,
    ...runnerCommands,
    ...builtins,
    ...shells.map((shell) => [shell, runShell] as const),
    ['git', git],
  ]);
  return named.get(name) ?? (isLanguage(name) ? runLanguage : forbiddenFamily(name));
}
