import type { Script } from '../script.ts';

const esc = '\u001b';
const green = (text: string) => `${esc}[32m${text}${esc}[0m`;
const red = (text: string) => `${esc}[31m${text}${esc}[0m`;
const bold = (text: string) => `${esc}[1m${text}${esc}[22m`;

const testRun = [
  `${bold('RUN')}  kettle.test.ts\n\n`,
  ` ${green('✓')} boils water ${esc}[2m(12 ms)${esc}[0m\n`,
  ` ${green('✓')} whistles ${esc}[2m(3 ms)${esc}[0m\n`,
  // A progress line that overwrites itself, as terminals do.
  ' cooling 33 %\r cooling 66 %\r cooling 100 %\n',
  ` ${red('✗')} pours by itself\n\n`,
  `${bold('Tests')}  ${red('1 failed')}, ${green('2 passed')}\n`,
];

export const tool: Script = {
  keyword: 'tool',
  shows: 'tool calls with streaming terminal output, one of which fails',
  async play(turn) {
    await turn.say('I look for the tests first, then run them. (Both tools are made up.)');
    const search = turn.callTool({
      name: 'search_files',
      kind: 'search',
      title: 'Search for *.test.ts',
      input: { pattern: '**/*.test.ts' },
    });
    await turn.pause(600);
    search.end({ output: 'kettle.test.ts\n' });

    const run = turn.callTool({
      name: 'run_command',
      kind: 'execute',
      title: 'vitest run kettle.test.ts',
      input: { command: 'vitest run kettle.test.ts' },
    });
    for (const text of testRun) {
      await turn.pause(450);
      run.print(text);
    }
    run.end({ output: testRun.join(''), error: 'The command ended with exit code 1.' });
    await turn.say('Two tests pass; the kettle does not pour by itself.');
  },
};
