#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { agentsCommand } from './command/agents-command.ts';
import { auditCommand } from './command/audit-command.ts';
import { backupCommand } from './command/backup-command.ts';
import type { Command } from './command/command.ts';
import { configCommand } from './command/config-command.ts';
import { doctorCommand } from './command/doctor-command.ts';
import { hooksCommand } from './command/hooks-command.ts';
import { keysCommand } from './command/keys-command.ts';
import { policyCommand } from './command/policy-command.ts';
import { serveCommand } from './command/serve-command.ts';
import { tokenCommand } from './command/token-command.ts';
import { StartError } from './ground/start-error.ts';

const commands: readonly Command[] = [
  serveCommand,
  agentsCommand,
  configCommand,
  doctorCommand,
  policyCommand,
  keysCommand,
  tokenCommand,
  hooksCommand,
  auditCommand,
  backupCommand,
];

/** The command that is meant, and what is for it. */
function readArguments(args: readonly string[]): { name: string; rest: string[]; asksForHelp: boolean } {
  const { tokens, values } = parseArgs({
    args: [...args],
    options: { config: { type: 'string', short: 'c' }, help: { type: 'boolean', short: 'h' } },
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  const word = tokens.find(({ kind }) => kind === 'positional');
  const name = word ? (args[word.index] ?? '') : serveCommand.name;
  return { name, rest: args.filter((_, at) => at !== word?.index), asksForHelp: values.help === true };
}

function usage(): string {
  const lines = commands.flatMap((command) => command.usage);
  const width = Math.max(...lines.map(([call]) => call.length));
  return `hotplex – coding agents as services

${lines.map(([call, purpose]) => `  hotplex ${call.padEnd(width)}   ${purpose}`).join('\n')}

  Every setting can also come from the environment: HOTPLEX_GATEWAY_ADDR, HOTPLEX_DB_PATH, … (docs/configuration.md).`;
}

async function main(args: readonly string[]): Promise<void> {
  const { name, rest, asksForHelp } = readArguments(args);
  const command = commands.find((known) => known.name === name);
  if (name === 'help' || (asksForHelp && command)) {
    console.log((name === args[0] && command?.help) || usage());
    return;
  }
  try {
    if (!command) throw new StartError(`there is no command ${name}: see --help`);
    process.exitCode = await command.run(rest);
  } catch (error) {
    const subject = name === serveCommand.name ? 'hotplex cannot start' : `hotplex ${name}`;
    if (error instanceof StartError) console.error(`${subject}: ${error.message}`);
    else console.error(`${subject}:`, error);
    process.exit(1);
  }
}

void main(process.argv.slice(2));
