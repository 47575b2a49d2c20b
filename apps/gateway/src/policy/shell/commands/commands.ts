import type { Command } from '../shell.ts';
import { archiveCommands } from './archives.ts';
import { buildCommands } from './build-tools.ts';
import { builtins } from './builtins.ts';
import { rightsCommands } from './change-rights.ts';
import { coderCommands } from './coders.ts';
import { connectionCommands } from './connection-commands.ts';
import { containerCommands } from './containers.ts';
import { fetchCommands } from './fetch-commands.ts';
import { searchCommands } from './find.ts';
import { forbiddenCommands, forbiddenFamily } from './forbidden-commands.ts';
import { git } from './git.ts';
import { isLanguage, runLanguage, runShell, shells } from './interpreters.ts';
import { packageCommands } from './package-managers.ts';
import { runnerCommands } from './runners.ts';
import { scriptCommands } from './sed-and-awk.ts';
import { serviceCommands } from './service-commands.ts';
import { specialWrappers } from './special-wrappers.ts';
import { textCommands } from './text-commands.ts';
import { transferCommands } from './transfer-files.ts';
import { variableBuiltins } from './variable-builtins.ts';
import { wrapperCommands } from './wrappers.ts';

let named: ReadonlyMap<string, Command> | undefined;

/** The command of a name that has a way of its own; a later list wins where two know a name. */
export function findOwnCommand(name: string): Command | undefined {
  named ??= new Map<string, Command>([
    ...forbiddenCommands,
    ...serviceCommands,
    ...packageCommands,
    ...buildCommands,
    ...containerCommands,
    ...fetchCommands,
    ...connectionCommands,
    ...wrapperCommands,
    ...specialWrappers,
    ...transferCommands,
    ...rightsCommands,
    ...archiveCommands,
    ...textCommands,
    ...coderCommands,
    ...scriptCommands,
    ...runnerCommands,
    ...searchCommands,
    ...builtins,
    ...variableBuiltins,
    ...shells.map((shell) => [shell, runShell] as const),
    ['git', git],
  ]);
  return named.get(name) ?? (isLanguage(name) ? runLanguage : forbiddenFamily(name));
}
