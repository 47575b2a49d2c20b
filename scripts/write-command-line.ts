// Writes docs/command-line.md from the table of commands; with --check only says whether it is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CommandDescription } from '../apps/gateway/src/command/command.ts';
import { commandTable } from '../apps/gateway/src/command/command-table.ts';
import { callsOf, optionCall } from '../apps/gateway/src/command/help-text.ts';

const file = fileURLToPath(new URL('../docs/command-line.md', import.meta.url));

const cell = (text: string) => text.replace(/[|<]/g, '\\$&');
const row = ([first, second]: readonly [string, string]) =>
  `| \`${first.replaceAll('|', '\\|')}\` | ${cell(second)} |`;
const table = (heading: string, rows: readonly (readonly [string, string])[]) =>
  rows.length === 0 ? '' : `| ${heading} | |\n|---|---|\n${rows.map(row).join('\n')}`;

function section(description: CommandDescription): string {
  const { name, purpose, options, examples, notes = [], exitCodes } = description;
  const codes = Object.entries(exitCodes ?? {}).map(([code, meaning]) => `${code} ${meaning}`);
  const width = Math.max(...examples.map(([call]) => call.length));
  return [
    `## hotplex ${name}`,
    `${purpose.charAt(0).toUpperCase()}${purpose.slice(1)}.`,
    table(
      'call',
      callsOf(description).map(([call, what]) => [`hotplex ${call}`, what]),
    ),
    table(
      'option',
      Object.entries(options).map(([option, given]) => [optionCall(option, given), given.purpose]),
    ),
    `\`\`\`bash\n${examples.map(([call, what]) => `hotplex ${call.padEnd(width)}   # ${what}`).join('\n')}\n\`\`\``,
    notes.length === 0 ? '' : `\`\`\`\n${notes.join('\n')}\n\`\`\``,
    codes.length === 0 ? '' : `Exit code: ${codes.join(', ')}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const page = `# The command line

\`hotplex NAME --help\` says what stands here. From a checkout it is \`npm start -- NAME\` instead of \`hotplex NAME\`. A call that
is none, such as one with an option that does not exist, says what was probably meant, and ends with exit code 2; what does
not work ends with 1, in one sentence. Commands that print something print JSON with \`--json\`.

Nothing secret is ever an argument: everybody on a machine can read those. Keys come from files or from the environment.

${commandTable.map(({ description }) => section(description)).join('\n\n')}
`;

if (!process.argv.includes('--check')) writeFileSync(file, page);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
  console.error('docs/command-line.md is not what the table says: run `node scripts/write-command-line.ts`');
  process.exit(1);
}
