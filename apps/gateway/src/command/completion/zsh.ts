import type { CommandDescription, OptionDescription } from '../command.ts';

/** The completion script for zsh, with what each word is for. */
export function zshCompletion(commands: readonly CommandDescription[]): string {
  return `#compdef hotplex
# Completes hotplex in zsh; made by: hotplex completion zsh
_hotplex() {
  local -a commands actions
  commands=(
${commands.map(({ name, purpose }) => `    ${described(name, purpose)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(commandCase).join('\n')}
    help) _describe 'command' commands ;;
  esac
}
if [ "$funcstack[1]" = "_hotplex" ]; then _hotplex "$@"; else compdef _hotplex hotplex; fi`;
}

function commandCase({ name, actions = {}, options }: CommandDescription): string {
  const offered = Object.entries(actions).map(([action, { purpose }]) => described(action, purpose));
  const first = offered.length === 0 ? `'*:file:_files'` : `'1:action:->action' '*:file:_files'`;
  const flags = Object.entries(options).flatMap(([option, given]) => flagSpecs(option, given));
  return `    ${name})
      actions=(${offered.join(' ')})
      _arguments ${[...flags, first].join(' ')}
      [[ $state == action ]] && _describe 'action' actions ;;`;
}

function flagSpecs(
  option: string,
  { short, purpose, value, choices, completes }: OptionDescription,
): string[] {
  const told = `[${purpose.replace(/[[\]:]/g, '\\$&')}]`;
  const action = choices
    ? `(${choices.join(' ')})`
    : completes === 'folder'
      ? '_files -/'
      : completes && '_files';
  const tail = value === undefined ? '' : `:${value}:${action ?? ' '}`;
  return [`--${option}`, ...(short === undefined ? [] : [`-${short}`])].map((flag) =>
    quoted(`${flag}${told}${tail}`),
  );
}

const described = (word: string, purpose: string) => quoted(`${word}:${purpose}`);
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
