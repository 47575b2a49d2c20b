import type { CommandDescription, OptionDescription } from '../command.ts';

/** The completion script for bash: commands, their actions, their options, and the values of those. */
export function bashCompletion(commands: readonly CommandDescription[]): string {
  const names = [...commands.map(({ name }) => name), 'help'].join(' ');
  return `# Completes hotplex in bash; made by: hotplex completion bash
_hotplex() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' word
  local actions='' options='' values='' paths=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) command=$word; break ;; esac
  done
  COMPREPLY=()
  case $command in
    '') actions='${names}'; options='--help --version' ;;
    help) [[ $COMP_CWORD -eq 2 ]] && actions='${names}' ;;
${commands.map(commandCase).join('\n')}
  esac
  if [[ -n $values ]]; then
    COMPREPLY=($(compgen -W "$values" -- "$current"))
  elif [[ -n $paths ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen "$paths" -- "$current"))
  elif [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ -z $command || $previous == "$command" ]]; then
    COMPREPLY=($(compgen -W "$actions" -- "$current"))
  fi
}
complete -o default -F _hotplex hotplex`;
}

function commandCase({ name, actions, options }: CommandDescription): string {
  const known = Object.entries(options);
  const flags = [...known.map(([option]) => `--${option}`), '--help'].join(' ');
  const valued = known.flatMap(([option, described]) => valueCase(option, described));
  return `    ${name})
      actions='${Object.keys(actions ?? {}).join(' ')}'; options='${flags}'
      case $previous in
${valued.map((line) => `        ${line}`).join('\n')}
        *) ;;
      esac ;;`;
}

function valueCase(option: string, { short, value, choices, completes }: OptionDescription): string[] {
  if (value === undefined) return [];
  const pattern = short === undefined ? `--${option}` : `--${option}|-${short}`;
  if (choices) return [`${pattern}) values='${choices.join(' ')}' ;;`];
  if (completes === undefined) return [`${pattern}) return ;;`];
  return [`${pattern}) paths='${completes === 'folder' ? '-d' : '-f'}' ;;`];
}
