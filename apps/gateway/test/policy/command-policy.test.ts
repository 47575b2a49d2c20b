import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/policy/policy.ts';
import { decideCommand } from '../../src/policy/shell/decide-command.ts';
import { context, judgeCommand } from './judge-command.ts';

const read = (name: string) => readFileSync(new URL(`./cases/${name}`, import.meta.url), 'utf8');

type Case = { class: string; cmd: string; expect: Decision; accept?: readonly Decision[] };

/** Published cases of dangerous and harmless commands; `accept` lists answers that do as well. */
const published: readonly Case[] = JSON.parse(read('waf-cases.json')).cases;

/** Our own: a list of commands for each class, one a line. */
const own: readonly Case[] = read('commands.txt')
  .split(/^## /m)
  .slice(1)
  .flatMap((section) => {
    const [title = '', ...lines] = section.split('\n');
    const decisions = title.slice(title.lastIndexOf(': ') + 2).split(', ') as Decision[];
    const name = title.slice(0, title.lastIndexOf(': '));
    return lines
      .filter((line) => line !== '')
      .map((line) => ({
        class: name,
        cmd: line.replaceAll('␤', '\n').replaceAll('␍', '\r').replaceAll('␀', '\0'),
        expect: decisions[0] ?? 'deny',
        accept: decisions,
      }));
  });

const isGood = (answer: Decision, one: Case) =>
  answer === one.expect || one.accept?.includes(answer) === true;

/** What is wrong with the answers, as lines to read. */
const failuresOf = (cases: readonly Case[]) =>
  cases.flatMap((one) => {
    const { decision, rule, reason } = judgeCommand(one.cmd);
    return isGood(decision, one) ? [] : [`${decision} (${rule}: ${reason}), not ${one.expect}: ${one.cmd}`];
  });

const byClass = (cases: readonly Case[]) => [...Map.groupBy(cases, (one) => one.class)];

describe('[C1-C9] published cases', () => {
  test.each(byClass(published))('%s', (_, cases) => {
    expect(failuresOf(cases)).toEqual([]);
  });
});

describe('[C1-C9] own cases', () => {
  test.each(byClass(own))('%s', (_, cases) => {
    expect(failuresOf(cases)).toEqual([]);
  });
});

test('the own cases are many more than the published ones', () => {
  expect(own.length).toBeGreaterThan(published.length * 2);
});

test('[P4] the answer shows what would be touched, resolved, and hides nothing', () => {
  expect(judgeCommand('cd src && rm -rf ../build "$X"')).toMatchObject({
    decision: 'ask',
    targets: expect.arrayContaining(['/home/agent/proj/build']),
  });
  expect(judgeCommand('echo a\u202Eb\u001B[8m').command).toBe('echo a\\u{202e}b\\u{1b}[8m');
});

test('[C5] a deny stays a deny, however much comes before it', () => {
  const long = `${'echo a; '.repeat(4000)}rm -rf /`;
  expect(judgeCommand(long).decision).toBe('deny');
  expect(judgeCommand(`${'x'.repeat(70_000)}; rm -rf /`).decision).toBe('deny');
  expect(judgeCommand(`${'( '.repeat(60)}rm -rf /${' )'.repeat(60)}`).decision).toBe('deny');
});

test('[C1] what nests too deeply or is too long is a question', () => {
  expect(judgeCommand(`${'eval '.repeat(60)}ls`).decision).toBe('ask');
  expect(judgeCommand(`echo ${'x'.repeat(70_000)}`).decision).toBe('ask');
});

test('[P7] a judgement that takes too long is a question, and what was found before stands', () => {
  let time = 0;
  const slow = (command: string) =>
    decideCommand({ command, cwd: context.workDir, context, now: () => (time += 40) });
  expect(slow('ls; ls; ls; ls; ls; ls')).toMatchObject({ decision: 'ask', rule: 'P7' });
  expect(slow('rm -rf /; ls; ls; ls; ls; ls; ls')).toMatchObject({ decision: 'deny', rule: 'N1' });
});

test.each([
  ['many globs', `rm ${'*?'.repeat(30_000)}`],
  ['many words', `rm ${'a '.repeat(30_000)}`],
  ['a text that doubles', `a=1; ${'a=$a$a; '.repeat(60)}echo $a`],
  ['loops in loops', `${'for a in 1 2; do '.repeat(30)}ls; ${'done; '.repeat(30)}`],
  ['a costly pattern', `x=${'a'.repeat(30_000)}; echo \${x//*a*a*b/x}`],
  ['a long program', `awk '${'print "a" '.repeat(6000)}'`],
  ['functions in functions', 'f(){ g; g; }; g(){ h; h; }; h(){ f; f; }; f'],
])('[G9 P7] %s does not hold the gateway up', (_, command) => {
  // Of this process alone: the machine may have other things to do.
  const start = process.cpuUsage();
  decideCommand({ command, cwd: context.workDir, context, now: () => performance.now() });
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1_000).toBeLessThan(1_500);
});

test('the median judgement takes less than two milliseconds', () => {
  for (const { cmd } of published) judgeCommand(cmd);
  const times = published.map(({ cmd }) => {
    const start = performance.now();
    judgeCommand(cmd);
    return performance.now() - start;
  });
  expect(times.sort((a, b) => a - b)[times.length >> 1]).toBeLessThan(2);
});
