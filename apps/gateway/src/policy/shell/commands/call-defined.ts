import { wild } from '../../place/wildcard.ts';
import { type Data, oneOf, type Shell, type Streams, unknownData } from '../shell.ts';
import { runNode } from '../walk/run-node.ts';

/** Runs a function of the script, if there is one of this name; a function that calls itself beside itself is a bomb. */
export function callFunction(
  name: string,
  args: readonly string[],
  shell: Shell,
  streams: Streams,
): Data | undefined {
  const bodies = shell.state.functions.get(name);
  if (!bodies) return undefined;
  if (shell.calls.includes(name)) {
    if (shell.concurrent)
      shell.report.add({
        decision: 'deny',
        rule: 'N4',
        reason: 'it starts itself again and again until nothing else runs',
      });
    else if (shell.calls.length > 40) return unknownData;
    if (shell.concurrent || shell.calls.filter((call) => call === name).length > 2) return unknownData;
  }
  shell.called.add(name);
  const { positional } = shell.state;
  shell.state.positional = [args];
  // What runs beside something else is what matters from here on.
  const inside: Shell = { ...shell, calls: [...shell.calls, name], concurrent: false };
  const output = oneOf(bodies.flatMap((body) => runNode(body, inside, streams)));
  shell.state.positional = positional;
  return output;
}

/** Judges the functions that a script defines and never calls by itself, with arguments nobody knows. */
export function runUncalled(shell: Shell): void {
  for (const name of [...shell.state.functions.keys()].filter((name) => !shell.called.has(name)))
    callFunction(name, [wild.text], shell, { stdin: unknownData, network: false });
}

/** Runs an alias of the script, if there is one of this name. */
export function callAlias(
  name: string,
  args: readonly string[],
  shell: Shell,
  streams: Streams,
): Data | undefined {
  const texts = shell.state.aliases.get(name);
  if (!texts || shell.calls.includes(name)) return undefined;
  const inside: Shell = { ...shell, calls: [...shell.calls, name] };
  const rest = args.map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(' ');
  return oneOf(texts.flatMap((text) => shell.engine.runText(`${text} ${rest}`, inside, streams)));
}
