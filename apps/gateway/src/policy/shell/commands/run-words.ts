import { ruleOfWords } from '../../operator-rules.ts';
import { isForeign, isKnown, isOpen, mayBeName, readable } from '../../place/wildcard.ts';
import {
  type Call,
  type Command,
  type Data,
  oneOf,
  type Shell,
  type Streams,
  unknownData,
} from '../shell.ts';
import { copyState } from '../shell-state.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { readFile } from '../walk/apply-redirects.ts';
import { callAlias, callFunction } from './call-defined.ts';
import { findOwnCommand } from './commands.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { runShaped, shapeOf } from './run-shaped.ts';

/** Judges one command by its resolved words; returns what it prints. */
export function runWords(words: readonly string[], shell: Shell, streams: Streams): Data {
  const [word = '', ...args] = words;
  shell.report.tick();
  const rule = ruleOfWords(words, shell.context.rules);
  if (rule && rule.decision !== 'allow') shell.report.add({ ...rule, decision: rule.decision });
  if (isOpen(word)) return runUnknown(word, args, shell, streams);
  if (!isKnown(word)) return runGlobbed(word, args, shell, streams);
  if (/[^\x20-\x7E]/.test(word))
    shell.report.add({ decision: 'ask', rule: 'C7', reason: 'the command word is not plain text' });
  if (!word.includes('/')) {
    const defined = callFunction(word, args, shell, streams) ?? callAlias(word, args, shell, streams);
    if (defined) return defined;
  }
  const name = word.split('/').at(-1) ?? '';
  const call: Call = { name, args, shell, streams };
  const command = findCommand(name);
  if (command) return command(call);
  if (word.includes('/')) runProgramFile(word, call);
  for (const arg of args) checkLooseWord(arg, shell, { readOnly: false });
  return isForeign(streams.stdin.join('')) || args.some(isForeign)
    ? oneOf([...streams.stdin.filter(isForeign), ...args.filter(isForeign)])
    : unknownData;
}

/** The command of a name: one with a way of its own, or one of the tables. */
function findCommand(name: string): Command | undefined {
  const own = findOwnCommand(name);
  if (own) return own;
  const shape = shapeOf(name);
  return shape && ((call) => runShaped(shape, call));
}

/** A command word that nobody knows: a question, and the rest may be the command (C5). */
function runUnknown(word: string, args: readonly string[], shell: Shell, streams: Streams): Data {
  if (isForeign(word))
    shell.report.add({ decision: 'deny', rule: 'N5', reason: 'it runs text that was fetched or decoded' });
  else shell.report.add({ decision: 'ask', rule: 'C5', reason: 'which program it runs is not known' });
  const [next] = args;
  // `$SUDO rm …`: where the variable is empty or a wrapper, the next word is the command.
  const wrapped = next !== undefined && !next.startsWith('-') && isKnown(next);
  return wrapped ? shell.engine.runWords(args, shell, streams) : unknownData;
}

/** A command word with wildcards: any of the commands it may name. */
function runGlobbed(word: string, args: readonly string[], shell: Shell, streams: Streams): Data {
  shell.report.add({
    decision: 'ask',
    rule: 'C5',
    reason: `which program ${readable(word)} is depends on files`,
  });
  const pattern = word.split('/').at(-1) ?? '';
  for (const name of [
    'rm',
    'sh',
    'bash',
    'cat',
    'dd',
    'mv',
    'cp',
    'chmod',
    'chown',
    'shred',
    'tee',
    'ln',
    'curl',
    'wget',
    'nc',
    'find',
    'env',
    'sudo',
    'python3',
    'head',
    'tail',
    'less',
    'shutdown',
    'reboot',
    'mkfs',
    'truncate',
    'kill',
  ])
    if (mayBeName(pattern, name))
      shell.engine.runWords([name, ...args], { ...shell, state: copyState(shell.state) }, streams);
  return unknownData;
}

/** A program by its path: one that the same command wrote or fetched is a question, its text is judged (C5). */
export function runProgramFile(path: string, { args, shell, streams }: Call): void {
  touchPath('list', path, shell);
  const written = readFile(path, shell);
  const fetched = placesOf(path, shell).some((place) =>
    [...shell.state.files.keys()].some((key) => key.endsWith('/') && place.path.startsWith(key)),
  );
  if (!written && !fetched) return;
  shell.report.add({
    decision: 'ask',
    rule: 'C5',
    reason: 'it runs a file that the same command wrote or fetched',
  });
  const positional = [args];
  for (const text of written ?? []) {
    const other = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(text);
    const isShell =
      !other ||
      /(?:^|\/)(?:ba|da|z|k|a)?sh$/.test(other[1] ?? '') ||
      /^(?:ba|da|z|k|a)?sh$/.test(other[2] ?? '');
    if (isShell && !isForeign(text) && !isOpen(text))
      interpret([text], { ...shell, state: { ...copyState(shell.state), positional } }, streams);
  }
}
