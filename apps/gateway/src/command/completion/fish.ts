import type { CommandDescription, OptionDescription } from '../command.ts';

/** The completion script for fish, with what each word is for. */
export function fishCompletion(commands: readonly CommandDescription[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# Completes hotplex in fish; made by: hotplex completion fish
complete -c hotplex -f
complete -c hotplex -n 'not __fish_seen_subcommand_from ${names} help' -a help -d 'help'
${commands.flatMap((command) => linesOf(command, names)).join('\n')}`;
}

function linesOf({ name, purpose, actions = {}, options }: CommandDescription, names: string): string[] {
  const here = `__fish_seen_subcommand_from ${name}`;
  const none = `not __fish_seen_subcommand_from ${names} help`;
  const words = Object.keys(actions).join(' ');
  return [
    `complete -c hotplex -n ${quoted(none)} -a ${name} -d ${quoted(purpose)}`,
    ...Object.entries(actions).map(
      ([action, { purpose: what }]) =>
        `complete -c hotplex -n ${quoted(`${here}; and not __fish_seen_subcommand_from ${words}`)} -a ${action} -d ${quoted(what)}`,
    ),
    ...Object.entries(options).map(
      ([option, described]) =>
        `complete -c hotplex -n ${quoted(here)} -l ${option}${flagsOf(described)} -d ${quoted(described.purpose)}`,
    ),
  ];
}

function flagsOf({ short, value, choices, completes }: OptionDescription): string {
  const letter = short === undefined ? '' : ` -s ${short}`;
  if (value === undefined) return letter;
  if (choices) return `${letter} -x -a ${quoted(choices.join(' '))}`;
  if (completes === 'folder') return `${letter} -x -a '(__fish_complete_directories)'`;
  return `${letter} ${completes === 'file' ? '-r -F' : '-x'}`;
}

const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
