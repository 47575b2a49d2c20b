import type { Command, CommandDescription, CommandGroup } from './command.ts';

const groups: Readonly<Record<CommandGroup, string>> = {
  agents: 'Talk to agents',
  gateway: 'Run the gateway',
  configuration: 'Look and try',
  access: 'Who may come in, who is told, who did what',
  tool: 'This program',
};

/** Every call of a command, with what it is for. */
export function callsOf(description: CommandDescription): [call: string, purpose: string][] {
  const { name, purpose, actions, words = '' } = description;
  if (!actions) return [[`${name} ${words}`.trim(), purpose]];
  const calls = Object.entries(actions).map(
    ([action, { words: more = '', purpose: what }]): [string, string] => [
      `${name} ${action} ${more}`.trim(),
      what,
    ],
  );
  return words === '' ? calls : [...calls, [`${name} ${words}`, purpose]];
}

/** How an option is written, with the name of its value. */
export function optionCall(name: string, { short, value }: CommandDescription['options'][string]): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}

/** What `hotplex NAME --help` says. */
export function commandHelp(description: CommandDescription): string {
  const { name, purpose, options, examples, notes = [], exitCodes } = description;
  const codes = Object.entries(exitCodes ?? {});
  const inOne = `  Exit code: ${codes.map((code) => code.join(' ')).join(', ')}.`;
  return [
    `hotplex ${name} – ${purpose}`,
    columns(callsOf(description).map(([call, what]) => [`hotplex ${call}`, what])),
    columns(Object.entries(options).map(([option, given]) => [optionCall(option, given), given.purpose])),
    examples.length === 0
      ? ''
      : `  Examples\n${columns(examples.map(([call, what]) => [`  hotplex ${call}`, what]))}`,
    notes.map((note) => `  ${note}`).join('\n'),
    codes.length === 0
      ? ''
      : inOne.length < 120
        ? inOne
        : `  Exit codes\n${columns(codes.map(([code, what]) => [`  ${code}`, what]))}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What `hotplex --help` says: every command. */
export function overallHelp(commands: readonly Command[]): string {
  const rows = (group: CommandGroup) =>
    commands
      .filter(({ description }) => description.group === group)
      .map(({ description }): [string, string] => [summary(description), description.purpose]);
  const width = Math.max(...commands.map(({ description }) => summary(description).length));
  const sections = (Object.keys(groups) as CommandGroup[]).map(
    (group) => `${groups[group]}\n${columns(rows(group), width)}`,
  );
  return `hotplex – coding agents as services

${sections.join('\n\n')}

  hotplex NAME --help says more of each. Without a NAME it is serve.
  Every setting can also come from the environment: HOTPLEX_GATEWAY_ADDR, HOTPLEX_DB_PATH, … (docs/configuration.md).`;
}

function summary({ name, actions, words = '' }: CommandDescription): string {
  return `hotplex ${name} ${actions ? Object.keys(actions).join('|') : words}`.trim();
}

function columns(rows: readonly (readonly [string, string])[], atLeast = 0): string {
  const width = Math.max(atLeast, ...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}   ${second}`.trimEnd()).join('\n');
}
