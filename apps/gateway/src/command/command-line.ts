import { parseArgs } from 'node:util';
import { closestTo } from '../ground/edit-distance.ts';
import { StartError } from '../ground/start-error.ts';
import type { Command } from './command.ts';
import { commandTable } from './command-table.ts';
import { commandHelp, overallHelp } from './help-text.ts';
import { NotConnected } from './not-connected.ts';
import { UsageError } from './usage-error.ts';

/** What is run when nothing is named. */
const usual = 'serve';

/** Does what a command line says, and sets the exit code of this process. Never throws. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const { name, rest, asksForHelp } = readName(args);
  try {
    if (name === 'help') {
      console.log(rest[0] === undefined ? overallHelp(commandTable) : commandHelp(find(rest[0]).description));
      return;
    }
    const command = find(name);
    if (asksForHelp) {
      console.log(args.includes(name) ? commandHelp(command.description) : overallHelp(commandTable));
      return;
    }
    const run = await command.load();
    process.exitCode = await run(rest);
  } catch (error) {
    const subject = name === usual ? 'hotplex cannot start' : `hotplex ${name}`;
    if (error instanceof StartError) console.error(`${subject}: ${error.message}`);
    else console.error(`${subject}:`, error);
    process.exit(exitCodeOf(error));
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return 2;
  return error instanceof NotConnected ? 4 : 1;
}

/** The command that is meant, and what is for it. */
function readName(args: readonly string[]): { name: string; rest: string[]; asksForHelp: boolean } {
  const { tokens, values } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string', short: 'c' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  const word = tokens.find(({ kind }) => kind === 'positional');
  if (!word && values.version === true) return { name: 'version', rest: [], asksForHelp: false };
  const name = word ? (args[word.index] ?? '') : usual;
  return { name, rest: args.filter((_, at) => at !== word?.index), asksForHelp: values.help === true };
}

function find(name: string): Command {
  const command = commandTable.find(({ description }) => description.name === name);
  if (command) return command;
  const close = closestTo(name, [...commandTable.map(({ description }) => description.name), 'help']);
  const meant = close === undefined ? '' : `; did you mean ${close}?`;
  throw new UsageError(`there is no command ${name}${meant}: see hotplex --help`);
}
