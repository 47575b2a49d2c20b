import { isForeign, isOpen } from '../../place/wildcard.ts';
import { type Command, noData, oneOf, unknownData } from '../shell.ts';
import { touchPath } from '../touch-path.ts';
import { readFile } from '../walk/apply-redirects.ts';
import { interpret, judgeCode } from './interpret.ts';
import { isLanguage, shells } from './interpreters.ts';
import { ask } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { judgeRole, runShaped, shapeOf } from './run-shaped.ts';

/** xargs: the words of its input become arguments. */
const xargs: Command = (call) => {
  const { args, shell, streams } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-I',
      '-d',
      '-E',
      '-L',
      '-n',
      '-P',
      '-s',
      '-a',
      '-J',
      '-R',
      '-S',
      '--replace',
      '--delimiter',
      '--max-args',
      '--max-lines',
      '--max-procs',
      '--arg-file',
      '--eof',
      '--process-slot-var',
      '--max-chars',
    ]),
    stopsAtOperand: true,
  });
  const [file] = options.valuesOf('-a', '--arg-file');
  if (file !== undefined) touchPath('read', file, shell);
  const input = file === undefined ? streams.stdin : (readFile(file, shell) ?? unknownData);
  const words = options.operands.length > 0 ? options.operands : ['echo'];
  const [mark] = [...options.valuesOf('-I', '--replace', '-J'), ...(options.has('-i') ? ['{}'] : [])];
  const program = words[0]?.split('/').at(-1) ?? '';
  // Input that becomes words of an interpreter is its text.
  if (
    input.some(isForeign) &&
    (shells.includes(program) || isLanguage(program) || program === 'eval' || program === 'env')
  )
    judgeCode(input, shell);
  return oneOf(
    input.flatMap((text) => {
      const items = text
        .split(
          options.has('-0', '--null')
            ? '\0'
            : options.has('-d', '--delimiter') || mark !== undefined
              ? /\n|,|\0/
              : /[\s]+/,
        )
        .filter((item) => item !== '')
        .map((item) => item.replace(/^(['"])(.*)\1$/, '$2'));
      const given = items.length > 0 ? items : [];
      if (mark !== undefined)
        return given.flatMap((item) =>
          shell.engine.runWords(
            words.map((word) => word.replaceAll(mark, item)),
            shell,
            { ...streams, stdin: noData },
          ),
        );
      // Without any input GNU xargs runs the command once.
      return shell.engine.runWords([...words, ...given], shell, { ...streams, stdin: noData });
    }),
  );
};

/** GNU parallel: like xargs, and every command line is text for a shell. */
const parallel: Command = (call) => {
  const { args, shell, streams } = call;
  const at = args.findIndex((arg) => /^:{3,4}\+?$/.test(arg));
  const options = parseOptions(at < 0 ? args : args.slice(0, at), {
    valued: new Set([
      '-j',
      '--jobs',
      '-a',
      '--arg-file',
      '-I',
      '-n',
      '-N',
      '-L',
      '-d',
      '-C',
      '--colsep',
      '--delay',
      '--timeout',
      '--joblog',
      '--results',
      '-S',
      '--sshlogin',
      '--tmpdir',
      '--load',
      '--retries',
      '--workdir',
      '--wd',
    ]),
    stopsAtOperand: true,
  });
  if (options.has('-S', '--sshlogin')) ask(call, 'C5', 'it runs commands on another machine');
  for (const log of options.valuesOf('--joblog', '--results')) judgeRole('write', log, { shell });
  const given =
    at < 0
      ? streams.stdin.flatMap((text) => text.split('\n').filter(Boolean))
      : args.slice(at + 1).filter((arg) => !/^:{3,4}\+?$/.test(arg));
  const template = options.operands.join(' ');
  return oneOf(
    given.flatMap((item) => {
      const line =
        template === ''
          ? item
          : /\{[^}]*\}/.test(template)
            ? template.replace(/\{[^}]*\}/g, () => item)
            : `${template} ${item}`;
      return interpret([line], shell, { ...streams, stdin: noData });
    }),
  );
};

/** A command line at a later time, from standard input or a file. */
const later: Command = (call) => {
  const { args, shell, streams } = call;
  const options = parseOptions(args, { valued: new Set(['-f', '-t', '-q']) });
  if (options.has('-l', '-c')) return unknownData;
  ask(call, 'N7', 'it starts something at a later time');
  for (const file of options.valuesOf('-f')) touchPath('read', file, shell);
  if (!streams.stdin.every(isOpen)) interpret(streams.stdin, shell, { ...streams, stdin: noData });
  return noData;
};

/** Pagers run what `+!command` says before they show anything. */
const pager: Command = (call) => {
  const shape = shapeOf(call.name);
  for (const arg of call.args) {
    const text = /^\+{1,2}[\s\S]*?[!|#]([\s\S]*)$/.exec(arg)?.[1];
    if (text === undefined) continue;
    ask(call, 'C6', 'one of its options names a command');
    interpret([text], call.shell, { ...call.streams, stdin: noData });
  }
  const args = call.args.filter((arg) => !arg.startsWith('+'));
  return shape ? runShaped(shape, { ...call, args }) : unknownData;
};

/** Commands that run another one for what they find or read. */
export const runnerCommands: readonly (readonly [string, Command])[] = [
  ['xargs', xargs],
  ['gxargs', xargs],
  ['parallel', parallel],
  ...['less', 'more', 'most'].map((name) => [name, pager] as const),
  ['at', later],
  ['batch', later],
];
