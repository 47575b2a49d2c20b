import manifest from '../../package.json' with { type: 'json' };
import type { RunCommand } from './command.ts';
import { readArguments } from './read-arguments.ts';
import { version as description } from './table/version.ts';

/** Says which version this is. */
export const runVersion: RunCommand = async (args) => {
  const { values } = readArguments(description, args);
  const { version } = manifest;
  const { node } = process.versions;
  const platform = `${process.platform}-${process.arch}`;
  console.log(values.json ? JSON.stringify({ version, node, platform }) : `hotplex ${version}`);
  return 0;
};
