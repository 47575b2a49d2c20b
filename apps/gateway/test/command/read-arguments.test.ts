import { describe, expect, test } from 'vitest';
import type { CommandDescription } from '../../src/command/command.ts';
import { commandTable } from '../../src/command/command-table.ts';
import { commandHelp, overallHelp } from '../../src/command/help-text.ts';
import { readArguments } from '../../src/command/read-arguments.ts';

const tea = {
  name: 'tea',
  group: 'tool',
  purpose: 'make tea',
  actions: { brew: { words: 'KIND [CUP]', purpose: 'now' }, list: { purpose: 'which there are' } },
  options: {
    sugar: { short: 's', value: 'LUMPS', purpose: 'how much' },
    milk: { purpose: 'with milk' },
    pot: { value: 'POT', choices: ['clay', 'steel', 'glass'], purpose: 'in which' },
  },
  examples: [['tea brew green', 'for one']],
  exitCodes: { 0: 'drunk', 3: 'spilt' },
} as const satisfies CommandDescription;

describe('a call', () => {
  test('is read by the description of its command', () => {
    expect(readArguments(tea, ['brew', 'green', '-s', '2', '--milk', '--pot=clay'])).toEqual({
      action: 'brew',
      words: ['green'],
      values: { sugar: '2', milk: true, pot: 'clay' },
    });
    expect(readArguments(tea, ['brew', '--sugar', '-1', 'green', 'blue']).words).toEqual(['green', 'blue']);
    expect(readArguments(tea, ['brew', '--', '--milk']).words).toEqual(['--milk']);
  });

  test.each([
    [
      ['brew', 'x', '--mlik'],
      'hotplex tea has no option --mlik; did you mean --milk?: see hotplex tea --help',
    ],
    [['brew', 'x', '-x'], 'hotplex tea has no option -x'],
    [['brew', 'x', '--milk=yes'], '--milk takes no value'],
    [['brew', 'x', '--sugar'], '--sugar needs a value, LUMPS'],
    [['brew', 'x', '--sugar', '--milk'], '--sugar needs a value, LUMPS'],
    [['brew', 'x', '--pot', 'gold'], '--pot gold: it is clay, steel or glass'],
    [['berw', 'x'], 'there is no hotplex tea berw: did you mean brew?'],
    [[], 'it is: hotplex tea brew KIND [CUP] or list: see hotplex tea --help'],
    [['brew'], 'it is: hotplex tea brew KIND [CUP] or list'],
    [['brew', ''], 'it is: hotplex tea brew KIND [CUP] or list'],
    [['list', 'x'], 'it is: hotplex tea brew KIND [CUP] or list'],
    [['toString'], 'there is no hotplex tea toString'],
    [['list', '--constructor'], 'has no option --constructor'],
  ])('%j is refused by name', (args, sentence) => {
    expect(() => readArguments(tea, args)).toThrow(expect.objectContaining({ name: 'UsageError' }));
    expect(() => readArguments(tea, args)).toThrow(sentence);
  });
});

test('help has every call, option, example and exit code', () => {
  const help = commandHelp(tea);
  for (const words of [
    'hotplex tea brew KIND [CUP]   now',
    '-s, --sugar LUMPS',
    'hotplex tea brew green',
    '3 spilt',
  ])
    expect(help).toContain(words);
});

describe('every command of the table', () => {
  test.each(commandTable.map(({ description }) => [description.name, description] as const))(
    '%s: its examples are calls that it takes, and its help fits a wide terminal',
    (name, description) => {
      expect(description.examples.length).toBeGreaterThan(0);
      for (const [call] of description.examples) {
        const [first, ...args] = wordsOf(call);
        expect(first).toBe(name);
        readArguments(description, args);
      }
      for (const line of commandHelp(description).split('\n')) expect(line.length).toBeLessThanOrEqual(150);
    },
  );

  test('is in the help of all, once', () => {
    const lines = overallHelp(commandTable).split('\n');
    for (const { description } of commandTable)
      expect(lines.filter((line) => line.startsWith(`  hotplex ${description.name} `))).toHaveLength(1);
  });

  test('each can be loaded', async () => {
    for (const { load } of commandTable) expect(await load()).toBeTypeOf('function');
  });
});

/** As a shell would split a call, up to where its output goes. */
function wordsOf(call: string): string[] {
  const before = call.split(/ [<>|] /)[0] ?? '';
  return [...before.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}
