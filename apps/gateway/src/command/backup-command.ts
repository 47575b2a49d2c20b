import { parseArgs } from 'node:util';
import { StartError } from '../ground/start-error.ts';
import { expandPath } from '../start-checks.ts';
import { backupDatabase } from '../store/sqlite/backup-database.ts';
import type { Command } from './command.ts';
import { openConfig } from './open-config.ts';

/** Copies the database of the gateway, which may be running. */
export const backupCommand: Command = {
  name: 'backup',
  usage: [['backup NEW-FILE', 'copy the database, also while the gateway runs']],
  async run(args) {
    const { file, config } = readArguments(args);
    const target = expandPath(file);
    const bytes = await backupDatabase(expandPath(openConfig(config).config.db.path), target);
    console.log(`${target}: ${bytes} bytes, checked. To restore, see docs/operations.md.`);
    return 0;
  },
};

function readArguments(args: readonly string[]): { file: string; config: string | undefined } {
  try {
    const options = { config: { type: 'string', short: 'c' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new Error('it is: hotplex backup NEW-FILE');
    return { file, config: values.config };
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)}: see --help`);
  }
}
