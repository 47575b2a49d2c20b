import type { ParsedScript, ProcessSubstitutionPart } from 'unbash';
import { type Data, noData, type Shell, unknownData } from '../shell.ts';
import { copyState } from '../shell-state.ts';
import { runScript } from '../walk/run-script.ts';

/** What a command substitution stands for: the output without the line ends after it. */
export function outputOf(script: ParsedScript | undefined, shell: Shell): Data {
  if (!script) return noData;
  const output = runScript(script, inSubshell(shell), { stdin: shell.input, network: false });
  return output.map((text) => text.replace(/\n+$/, ''));
}

/** The name of the pipe that a process substitution stands for; what it holds is kept under it. */
export function expandProcess(part: ProcessSubstitutionPart, shell: Shell): string {
  const path = `/dev/fd/${63 - (shell.state.files.size % 50)}`;
  if (part.script) {
    const output = runScript(part.script, inSubshell(shell), { stdin: unknownData, network: false });
    shell.state.files.set(path, part.operator === '<' ? output : noData);
    if (part.operator === '>') shell.state.sinks.set(path, part.script);
  }
  return path;
}

const inSubshell = (shell: Shell): Shell => ({ ...shell, state: copyState(shell.state), concurrent: true });
