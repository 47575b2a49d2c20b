import { isForeign, isOpen } from '../../place/wildcard.ts';
import { wordList } from '../../place/word-list.ts';
import { type Call, type Command, type Data, noData, oneOf, unknownData } from '../shell.ts';
import { copyState } from '../shell-state.ts';
import { touchPath } from '../touch-path.ts';
import { readFile } from '../walk/apply-redirects.ts';
import { interpret, judgeCode } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask, deny, isAboutItself } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { runProgramFile } from './run-words.ts';
import { judgePhrases } from './service-commands.ts';

/** Names of shells that take `-c`, standard input or a file as their text. */
export const shells = wordList(
  'sh bash dash ash zsh ksh ksh93 mksh pdksh rbash fish csh tcsh yash posh bosh elvish nu xonsh osh ion',
);

/** A shell: its text is judged as if it stood here. */
export const runShell: Command = (call) => {
  const { args, streams } = call;
  if (isAboutItself({ args: args.filter((arg) => arg !== '-v') })) return unknownData;
  // `bash +x -c …`: options that are switched off.
  const first = args.findIndex((arg) => !/^[-+]/.test(arg));
  const options = parseOptions(
    args.filter((arg, index) => !(arg.startsWith('+') && (first < 0 || index < first))),
    {
      valued: new Set(['-o', '-O', '--rcfile', '--init-file', '-C']),
      stopsAtOperand: true,
    },
  );
  for (const file of options.valuesOf('--rcfile', '--init-file')) runFile(file, [], call);
  for (const text of options.valuesOf('-C', '--init-command', '--command'))
    interpret([text], subshell(call, []), streams);
  const operands = options.operands.filter((word, index) => !(word === '-' && index === 0));
  if (streams.network) deny(call, 'N9', 'it gives a shell to the network');
  if (options.has('-n') && !options.has('-c')) return noData;
  if (options.has('-c')) {
    const [text = '', zero = 'bash', ...positional] = operands;
    const inner = subshell(call, positional);
    inner.state.variables.set('0', [[zero]]);
    return interpret([text], inner, streams);
  }
  const [file, ...positional] = operands;
  if (file === undefined || options.has('-s'))
    return interpret(streams.stdin, subshell(call, operands), { ...streams, stdin: noData });
  return runFile(file, positional, call);
};

const subshell = ({ shell }: Call, positional: readonly string[]) => ({
  ...shell,
  state: {
    ...copyState(shell.state),
    positional: [positional],
    aliases: new Map(),
    functions: new Map(shell.state.functions),
  },
});

function runFile(path: string, positional: readonly string[], call: Call): Data {
  const { shell, streams } = call;
  touchPath('read', path, shell);
  if (isForeign(path)) deny(call, 'N5', 'it runs text that was fetched or decoded');
  if (isOpen(path)) ask(call, 'C5', 'which file it runs is not known');
  const isPipe = /^\/dev\/(?:stdin|fd\/|tcp|udp)|^\/proc\/[^/]+\/fd\//.test(path);
  if (/^\/dev\/(?:tcp|udp)\//.test(path)) deny(call, 'N5', 'it runs text that was fetched');
  if (isPipe)
    return interpret(readFile(path, shell) ?? streams.stdin, subshell(call, positional), {
      ...streams,
      stdin: noData,
    });
  const written = readFile(path, shell);
  if (!written) {
    runProgramFile(path, { ...call, args: positional });
    return unknownData;
  }
  ask(call, 'C5', 'it runs a file that the same command wrote or fetched');
  const known = written.filter((text) => !isOpen(text));
  return oneOf(['', ...known.flatMap((text) => interpret([text], subshell(call, positional), streams))]);
}

/** A language: options that take code, and options with another value. */
type Language = { code: readonly string[]; valued: readonly string[] };

const languages: Record<string, Language> = {
  python: { code: ['-c'], valued: ['-W', '-X', '-Q', '--check-hash-based-pycs'] },
  perl: { code: ['-e', '-E'], valued: ['-I', '-M', '-m', '-x', '-0', '-F', '-C'] },
  ruby: { code: ['-e'], valued: ['-I', '-r', '-E', '-C', '-x', '-F', '-K', '-T', '-W'] },
  node: {
    code: ['-e', '--eval', '-p', '--print', '-pe'],
    valued: [
      '-r',
      '--require',
      '--import',
      '--loader',
      '--experimental-loader',
      '-C',
      '--conditions',
      '--env-file',
      '--test-name-pattern',
      '--watch-path',
      '--max-old-space-size',
      '--title',
      '--test-reporter',
    ],
  },
  php: { code: ['-r', '-B', '-R', '-E', '--run'], valued: ['-c', '-d', '-t', '-z', '-S', '-f', '-F'] },
  lua: { code: ['-e'], valued: ['-l'] },
  other: { code: ['-e', '-E', '-c', '--eval', '-eval', '--execute', '-x'], valued: [] },
};

const languageOf: readonly (readonly [string, RegExp])[] = [
  ['python', /^(?:python|pypy|jython|ipython|bpython)[\d.]*$/],
  ['perl', /^perl[\d.]*$/],
  ['ruby', /^(?:ruby|jruby|irb)[\d.]*$/],
  ['node', /^(?:node|nodejs|iojs|tsx|ts-node)$/],
  ['php', /^php[\d.]*(?:-cgi)?$/],
  ['lua', /^(?:lua|luajit)[\d.]*$/],
  [
    'other',
    /^(?:Rscript|R|julia|scala|groovy|ghci|runghc|erl|elixir|iex|tclsh|wish|expect|guile|racket|sbcl|clisp|ecl|osascript|jshell|clojure|clj|bb|ocaml|octave|gnuplot|m4|sage|pwsh|powershell|raku|dotnet-script|kotlin|maxima|gap|janet|fennel|chibi-scheme|scheme|csi|qjs|d8|js)$/,
  ],
];

/** Whether a name is a language that runs code. */
export const isLanguage = (name: string): boolean => languageOf.some(([, pattern]) => pattern.test(name));

/** An interpreter of another language: nobody looks into its code here, so inline code is a question (C5). */
export const runLanguage: Command = (call) => {
  const { args, shell, name } = call;
  if (isAboutItself(call) || args.includes('--version') || args.includes('--help')) return unknownData;
  const language = languages[languageOf.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other'] ?? {
    code: [],
    valued: [],
  };
  const moduleAt = /^(?:python|pypy)/.test(name)
    ? args.findIndex(
        (arg, index) =>
          /^-[^-cm]*m/.test(arg) && args.slice(0, index).every((before) => before.startsWith('-')),
      )
    : -1;
  if (moduleAt >= 0) return runModule(moduleAt, call);
  const options = parseOptions(args, {
    valued: new Set([...language.code, ...language.valued]),
    stopsAtOperand: true,
  });
  const inline = options.valuesOf(...language.code);
  for (const { value } of options.options)
    if (value !== undefined && !inline.includes(value)) checkLooseWord(value, shell, { readOnly: true });
  if (name.startsWith('perl') && options.has('-M', '-m', '-d', '-x'))
    ask(call, 'C6', 'it loads code before its script');
  if (name === 'node' && options.has('--test', '--run', '--check', '--build-snapshot')) return unknownData;
  if (options.has('-S') && name.startsWith('php')) ask(call, 'C5', 'it listens on the network');
  if (
    options.has('--inspect', '--inspect-brk') &&
    args.some((arg) => /inspect.*=.*(?:0\.0\.0\.0|::|\*)/.test(arg))
  )
    ask(call, 'C5', 'it opens a debugger to the network');
  if (inline.length > 0 || options.has(...language.code)) {
    ask(call, 'C5', `it runs code of ${name} that nobody looks into`);
    judgeCode(inline, shell);
    for (const word of options.operands) checkLooseWord(word, shell, { readOnly: false });
    return unknownData;
  }
  return runLanguageFile(options.operands, call);
};

function runLanguageFile([file, ...rest]: readonly string[], call: Call): Data {
  const { shell, streams, name } = call;
  // `php artisan …`, `python manage.py …`: the script is the command.
  if (file !== undefined) judgePhrases({ ...call, name: file.split('/').at(-1) ?? '', args: rest });
  for (const word of rest) checkLooseWord(word, shell, { readOnly: false });
  const fromInput = file === undefined || file === '-' || /^\/dev\/(?:stdin|fd\/)/.test(file);
  if (fromInput) {
    judgeCode(
      (file !== undefined && file !== '-' ? readFile(file, shell) : undefined) ?? streams.stdin,
      shell,
    );
    ask(call, 'C5', `it runs code of ${name} that nobody looks into`);
    return unknownData;
  }
  touchPath('read', file, shell);
  if (isOpen(file)) ask(call, 'C5', 'which file it runs is not known');
  if (readFile(file, shell)) ask(call, 'C5', 'it runs a file that the same command wrote or fetched');
  else runProgramFile(file, call);
  return streams.stdin.some(isForeign) ? streams.stdin : unknownData;
}

const listening =
  /^(?:http\.server|SimpleHTTPServer|BaseHTTPServer|CGIHTTPServer|smtpd|aiosmtpd|pyftpdlib|asyncore|uvicorn|gunicorn|flask|xmlrpc\.server|wsgiref.*|pydoc)$/;
const inlineModules = /^(?:timeit|cProfile|profile|code|pdb|IPython|this)$/;

function runModule(at: number, call: Call): Data {
  const { args, shell, streams } = call;
  const glued = /^-[^-cm]*m(.+)$/.exec(args[at] ?? '')?.[1];
  const module = glued ?? args[at + 1] ?? '';
  const rest = args.slice(glued === undefined ? at + 2 : at + 1);
  if (isOpen(module)) ask(call, 'C5', 'which module it runs is not known');
  if (listening.test(module) && module !== 'pydoc') ask(call, 'C5', 'it listens on the network');
  if (inlineModules.test(module)) ask(call, 'C5', 'it runs code that nobody looks into');
  if (/^(?:pip|pytest|black|ruff|mypy|flake8|isort|pipx|twine|poetry|uv|build)$/.test(module))
    return shell.engine.runWords([module, ...rest], shell, streams);
  for (const word of rest)
    checkLooseWord(word, shell, { readOnly: module === 'json.tool' && word.startsWith('-') });
  return unknownData;
}
