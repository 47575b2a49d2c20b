import { wild } from '../../place/wildcard.ts';
import { type Data, oneOf, type Running, type Shell, type Streams, unknownData } from '../shell.ts';
import { runNode } from '../walk/run-node.ts';

/** Runs a function of the script, if there is one of this name, in each way it may have been defined. */
export function callFunction(
  name: string,
  args: readonly string[],
  shell: Shell,
  streams: Streams,
): Data | undefined {
  const bodies = shell.state.functions.get(name);
  if (!bodies) return undefined;
  shell.called.add(name);
  const { positional } = shell.state;
  shell.state.positional = [args];
  const output = oneOf(bodies.flatMap((body) => runBody({ name, body }, shell, streams)));
  shell.state.positional = positional;
  return output;
}

/** Texts that define a function anew each time are new functions; so many within another are a question or a bomb. */
const mostDefinitions = 8;

/** A function that calls itself beside itself is a bomb; one that defines another of its own name is not. */
function runBody(call: Required<Running>, shell: Shell, streams: Streams): Data {
  const within = shell.calls.filter(({ name }) => name === call.name);
  const again = within.filter(({ body }) => body === call.body).length;
  const endless = within.length > mostDefinitions;
  if (shell.concurrent && (again > 0 || endless)) {
    shell.report.add({
      decision: 'deny',
      rule: 'N4',
      reason: 'it starts itself again and again until nothing else runs',
    });
    return unknownData;
  }
  if (again > 2) return unknownData;
  if (endless || shell.calls.length > 40) {
    shell.report.add({ decision: 'ask', rule: 'C1', reason: 'the command nests too deeply' });
    return unknownData;
  }
  // What runs beside something else is what matters from here on.
  return runNode(call.body, { ...shell, calls: [...shell.calls, call], concurrent: false }, streams);
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
  if (!texts || shell.calls.some((call) => call.name === name)) return undefined;
  const inside: Shell = { ...shell, calls: [...shell.calls, { name }] };
  const rest = args.map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(' ');
  return oneOf(texts.flatMap((text) => shell.engine.runText(`${text} ${rest}`, inside, streams)));
}
