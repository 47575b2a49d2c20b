import { isOpen } from '../../place/wildcard.ts';
import { type Call, type Command, type Data, noData, unknownData } from '../shell.ts';
import { readFile } from '../walk/apply-redirects.ts';
import { checkAddress, isUrl } from './check-address.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask, isAboutItself } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { judgePhrases } from './service-commands.ts';

/** Where packages come from, other than the registry that everybody uses. */
export const elsewhere =
  /^(?:git(?:\+\w+)?[:@]|https?:|ssh:|file:\/\/|github:|gitlab:|bitbucket:|gist:|svn\+|hg\+|bzr\+)|^[\w.-]+@[\w.-]+:|^[\w.-]+\s*@\s*(?:git|https?)|^\w[\w.-]*\/[\w.-]+$/;

const sources = new Set(
  '--registry --index-url --extra-index-url -i --find-links --trusted-host --index --default-index --index-strategy --source --clear-sources --git --registries --repo --repository --userconfig --globalconfig --script-shell --node-options --constraint-url --proxy --https-proxy --pre-script --shell --init-module --unsafe-perm --ignore-scripts=false'.split(
    ' ',
  ),
);

const executing = new Set(['exec', 'x', 'dlx', 'create', 'init', 'runx', 'tool']);

/** Package managers: remote addresses, registries, commands among their options, and what they run. */
const manager: Command = (call) => {
  const { args, shell, name } = call;
  if (isAboutItself(call)) return unknownData;
  if (/^(?:bun|deno)$/.test(name)) judgeRuntime(call);
  if (
    ['package.json', 'Cargo.toml', 'pyproject.toml', 'setup.py', 'build.rs'].some((file) =>
      readFile(file, shell),
    )
  )
    ask(call, 'C5', 'it runs what the same command wrote');
  judgeDlx(call);
  if (!executing.has(args.find((arg) => !arg.startsWith('-')) ?? '')) judgePhrases(call);
  const from = args.indexOf('--') < 0 ? args.length : args.indexOf('--');
  for (const [index, word] of args.slice(0, from).entries()) {
    const [option = '', value] = word.startsWith('-') ? word.split(/=(.*)/s) : [''];
    const isSource = sources.has(option) && !(option === '-i' && !/^(?:pip|uv)/.test(name));
    if (isSource) ask(call, 'C5', 'its packages come from somewhere else');
    if (isUrl(word) || isUrl(value ?? '')) checkAddress(value ?? word, shell);
    const verb = args.find((arg) => !arg.startsWith('-')) ?? '';
    const installs =
      /^(?:i|in|install|add|ci|isntall|require|get|download|wheel|upgrade|sync|up|update|pip|global|inject)$/.test(
        verb,
      );
    if (
      installs &&
      elsewhere.test(word) &&
      !word.startsWith('.') &&
      !(/^\w[\w.-]*\/[\w.-]+$/.test(word) && !/^(?:npm|pnpm|yarn|bun)$/.test(name))
    )
      ask(call, 'C5', 'it installs from an address');
    if (installs && isOpen(word)) ask(call, 'C5', 'what it installs is not known');
    if (
      installs &&
      (option === '-g' ||
        option === '--global' ||
        word === 'global' ||
        option === '--break-system-packages' ||
        option === '--target' ||
        option === '--root') &&
      index > 0
    )
      ask(call, 'C5', 'it installs outside the project');
    checkLooseWord(word, shell, { readOnly: false });
  }
  return unknownData;
};

/** bun and deno are languages as well: inline code, and scripts by their address. */
function judgeRuntime(call: Call): void {
  const inline = call.args.some((arg) => /^(?:-e|--eval|-p|--print|-r|--preload)(?:=|$)/.test(arg));
  if (inline || call.args[0] === '-') ask(call, 'C5', `it runs code of ${call.name} that nobody looks into`);
  if (call.args.some(isUrl)) ask(call, 'C5', 'it runs a script that it fetches');
}

/** `npm exec`, `npx` and their kin: a package from the registry that runs at once, or a text with -c. */
function judgeDlx(call: Call): void {
  const { args, shell, streams } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-c',
      '--call',
      '-p',
      '--package',
      '--from',
      '--with',
      '-w',
      '--workspace',
      '--prefix',
      '-C',
      '--filter',
      '--script-shell',
      '--python',
      '-n',
      '--name',
      '--cwd',
      '--dir',
    ]),
    stopsAtOperand: false,
  });
  const [verb = '', ...rest] = options.operands;
  const runs = /^(?:npx|bunx|pnpx|uvx|pipx)$/.test(call.name) || executing.has(verb);
  if (!runs) return;
  for (const text of options.valuesOf('-c', '--call')) {
    ask(call, 'C5', 'it runs text as a command');
    interpret([text], shell, streams);
  }
  const tail = /^(?:npx|bunx|pnpx|uvx)$/.test(call.name) ? args : args.slice(args.indexOf(verb) + 1);
  const words = parseOptions(tail, {
    valued: new Set(['-p', '--package', '-c', '--call', '--from', '--with', '--python', '-w']),
    stopsAtOperand: true,
  }).operands;
  const [program = ''] = words[0] === '--' ? words.slice(1) : words;
  if (program === '') return;
  const fetches = /@(?!latest$)|\/|:/.test(program.replace(/^@[\w.-]+\/[\w.-]+/, '')) || isUrl(program);
  if (isOpen(program) || isUrl(program) || elsewhere.test(program))
    ask(call, 'C5', 'it runs a package that it fetches');
  else if (fetches && call.name !== 'npx') ask(call, 'C5', 'it runs a package that it fetches');
  if (/^(?:dlx|create|init)$/.test(verb) || /^(?:pnpx|uvx|pipx)$/.test(call.name))
    if (verb !== 'init' || rest.length > 0) ask(call, 'C5', 'it runs a package that it fetches');
  // A program of the project, or one that the registry has under this name: judged by its name.
  shell.engine.runWords([program.replace(/@[\w.^~-]+$/, ''), ...words.slice(1)], shell, { ...streams });
}

const exec: Command = (call) => {
  judgeDlx(call);
  return unknownData;
};

/** `uv run`, `poetry run`, `bundle exec`: a program of the project's own environment. */
const within =
  (verbs: readonly string[]): Command =>
  (call): Data => {
    const { args, shell, streams } = call;
    const at = args.findIndex((arg) => verbs.includes(arg));
    if (at < 0 || args.slice(0, at).some((arg) => !arg.startsWith('-'))) return manager(call);
    const { operands, options } = parseOptions(args.slice(at + 1), {
      valued: new Set([
        '--with',
        '--python',
        '-p',
        '--extra',
        '--group',
        '-n',
        '--name',
        '--prefix',
        '--env-file',
        '--with-requirements',
        '--index-url',
        '--index',
        '--package',
        '--directory',
        '--project',
      ]),
      stopsAtOperand: true,
    });
    for (const { name } of options)
      if (sources.has(name)) ask(call, 'C5', 'its packages come from somewhere else');
    for (const { name, value } of options)
      if (name === '--with' && value !== undefined && elsewhere.test(value))
        ask(call, 'C5', 'it runs a package that it fetches');
    const words = operands[0] === '--' ? operands.slice(1) : operands;
    return words.length > 0 ? shell.engine.runWords(words, shell, streams) : noData;
  };

/** Package managers, and those that build with them. */
export const packageCommands: readonly (readonly [string, Command])[] = [
  ...[
    'npm',
    'pnpm',
    'yarn',
    'bun',
    'pip',
    'pip3',
    'conda',
    'mamba',
    'cargo',
    'go',
    'gem',
    'composer',
    'hex',
    'opam',
    'cabal',
    'stack',
    'luarocks',
    'cpan',
    'cpanm',
    'nimble',
    'dub',
    'deno',
    'volta',
    'corepack',
    'easy_install',
    'twine',
    'flit',
  ].map((name) => [name, manager] as const),
  ...['npx', 'bunx', 'pnpx', 'uvx'].map((name) => [name, exec] as const),
  ...['uv', 'poetry', 'pipenv', 'pdm', 'hatch', 'rye', 'pixi'].map(
    (name) => [name, within(['run'])] as const,
  ),
  ['pipx', within([])],
  ...['bundle', 'bundler', 'mise', 'asdf', 'rbenv', 'pyenv', 'rtx'].map(
    (name) => [name, within(['exec', 'x'])] as const,
  ),
];
