import { type Call, type Command, type Data, noData, unknownData } from '../shell.ts';
import { readFile } from '../walk/apply-redirects.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { judgeRole } from './run-shaped.ts';

/** make and its kin: a makefile from elsewhere is text to run. */
const make: Command = (call) => {
  const { args, shell, streams } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-f',
      '--file',
      '--makefile',
      '-C',
      '--directory',
      '-I',
      '--include-dir',
      '-o',
      '-W',
      '--eval',
      '-E',
    ]),
  });
  for (const file of options.valuesOf('-f', '--file', '--makefile')) {
    if (file === '-' || /^\/dev\/(?:stdin|fd)/.test(file)) judgeRecipe(streams.stdin, call);
    else judgeFile(file, call);
  }
  if (!options.has('-f', '--file', '--makefile'))
    for (const file of ['Makefile', 'makefile', 'GNUmakefile']) judgeFile(file, call);
  for (const text of options.valuesOf('--eval', '-E')) {
    ask(call, 'C5', 'it runs text as a makefile');
    judgeRecipe([text], call);
  }
  for (const word of options.operands) {
    const [, key = '', value = ''] = /^(\w+):?=([\s\S]*)$/.exec(word) ?? [];
    if (key === 'SHELL' || key === '.SHELLFLAGS' || key === 'MAKEFLAGS')
      ask(call, 'C6', 'it makes another program run the recipes');
    if (/\$\(shell/.test(value)) judgeRecipe([value], call);
    checkLooseWord(word, shell, { readOnly: !word.includes('=') });
  }
  return unknownData;
};

/** CMake: `-P` runs a script, `-E` is a small toolbox. */
const cmake: Command = (call) => {
  const { args, shell, streams } = call;
  const [first, tool = '', ...rest] = args;
  const tools: Record<string, readonly string[]> = {
    remove: ['rm'],
    rm: ['rm'],
    remove_directory: ['rm', '-r'],
    copy: ['cp'],
    copy_directory: ['cp', '-r'],
    rename: ['mv'],
    make_directory: ['mkdir'],
    create_symlink: ['ln', '-s'],
    create_hardlink: ['ln'],
    tar: ['tar'],
  };
  if (first === '-E') return shell.engine.runWords([...(tools[tool] ?? [tool]), ...rest], shell, streams);
  if (args.includes('-P')) ask(call, 'C5', 'it runs a script of CMake');
  for (const word of args) checkLooseWord(word, shell, { readOnly: false });
  return unknownData;
};

function judgeRecipe(texts: Data, call: Call): void {
  ask(call, 'C5', 'it runs text as a makefile');
  for (const text of texts) {
    const recipes = text
      .split('\n')
      .flatMap(
        (line) =>
          /^(?:\t|[^\t:#=]+::?[^=;]*;)\s*[@+-]*([\s\S]*)$/.exec(line)?.[1] ??
          /\$\(shell\s+([\s\S]*)\)/.exec(line)?.[1] ??
          [],
      );
    interpret([recipes.join('\n').replaceAll('$$', '$')], call.shell, { ...call.streams, stdin: noData });
  }
}

function judgeFile(file: string, call: Call): void {
  judgeRole('read', file, { shell: call.shell });
  const written = readFile(file, call.shell);
  if (written) judgeRecipe(written, call);
}

/** Tools that build by recipes. */
export const buildCommands: readonly (readonly [string, Command])[] = [
  ['cmake', cmake],
  ...['make', 'gmake', 'bmake', 'mingw32-make'].map((name) => [name, make] as const),
];
