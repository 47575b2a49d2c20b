import { type Call, type Command, type Data, noData, type Shell, unknownData } from '../shell.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { readFile, writeFile } from '../walk/apply-redirects.ts';
import { isSetUid } from './change-rights.ts';
import { interpret } from './interpret.ts';
import { ask, deny } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { contentOf } from './run-shaped.ts';

export const isRemote = (path: string): boolean =>
  /^(?:[\w.-]+@)?[\w.-]+:(?!\/\/\/)/.test(path) || /^(?:rsync|s?ftp|scp):\/\//.test(path);

/** Where a copy lands: in the directory of the target, if it is one. */
function land(source: string, target: string, shell: Shell): void {
  touchPath('write', target, shell);
  const name = source.replace(/\/+$/, '').split('/').at(-1) ?? '';
  if (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    (/\/$/.test(target) || /^(?:~|\.{1,2}|\/[^.]*)$/.test(target))
  )
    touchPath('write', `${target}/${name}`, shell);
}

/** cp, mv, ln and install: sources, a target, and `-t` for a target that comes first. */
const transfer: Command = (call) => {
  const { args, shell, name, streams } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-t',
      '--target-directory',
      '-S',
      '--suffix',
      '-m',
      '-o',
      '-g',
      '--mode',
      '--owner',
      '--group',
      '--backup',
      '--strip-program',
    ]),
  });
  const [directory] = options.valuesOf('-t', '--target-directory');
  const makesDirectories = name === 'install' && options.has('-d', '--directory');
  if (makesDirectories) {
    for (const path of options.operands) touchPath('create', path, shell);
    return noData;
  }
  const sources = directory === undefined ? options.operands.slice(0, -1) : options.operands;
  const target = directory ?? options.operands.at(-1);
  if (name === 'install' && options.valuesOf('-m', '--mode').some(isSetUid))
    deny(call, 'N7', 'it makes a program run with the rights of its owner');
  if (options.valuesOf('--strip-program').length > 0) ask(call, 'C6', 'one of its options names a command');
  for (const source of sources) {
    if (name !== 'ln')
      touchPath(
        name === 'mv'
          ? 'delete'
          : options.has('-r', '-R', '-a', '--recursive', '--archive')
            ? 'tree'
            : 'read',
        source,
        shell,
      );
    if (name === 'mv') touchPath('read', source, shell);
    if (target !== undefined) land(source, directory === undefined ? target : `${target}/`, shell);
    const [from] = placesOf(source.replace(/\/+$/, ''), {
      ...shell,
      state: { ...shell.state, links: new Map() },
    });
    const leads = from && shell.state.links.get(from.path);
    if (name !== 'ln' && leads !== undefined && target !== undefined)
      for (const place of placesOf(target, shell)) shell.state.links.set(place.path, leads);
    // The link comes after the write: what is written is the name, not where it leads.
    if (name === 'ln') link(source, target ?? '.', call);
    const content = source === '/dev/stdin' ? streams.stdin : readFile(source, shell);
    if (content && target !== undefined) writeFile(target, content, { shell, append: false });
  }
  if (name === 'ln' && options.operands.length === 1)
    link(options.operands[0] ?? '', (options.operands[0] ?? '').split('/').at(-1) ?? '', call);
  return noData;
};

/** A link is remembered: what is done to it is done to where it leads. */
function link(source: string, target: string, { shell, args }: Call): void {
  const symbolic = args.some((arg) => /^-\w*s/.test(arg) || arg === '--symbolic');
  touchPath('list', source, shell);
  const [place] = placesOf(target, shell);
  if (!place) return;
  // A relative link leads from where it lies.
  const parent = place.path.replace(/\/[^/]*$/, '') || '/';
  const leads = source.startsWith('/')
    ? source
    : `${symbolic ? parent : (shell.state.cwds[0] ?? '')}/${source}`;
  const [end] = placesOf(leads, shell);
  if (end) shell.state.links.set(place.path, end.path);
  if (!symbolic) touchPath('read', source, shell);
}

/** dd: its operands are `name=value`. */
const diskDump: Command = ({ args, shell, streams }) => {
  let input: Data = streams.stdin;
  for (const arg of args) {
    const [, key, value = ''] = /^(\w+)=([\s\S]*)$/.exec(arg) ?? [];
    if (key === 'if') {
      touchPath('read', value, shell);
      input = readFile(value, shell) ?? unknownData;
    } else if (key === 'of') {
      touchPath('write', value, shell);
      writeFile(value, input, { shell, append: false });
      input = noData;
    }
  }
  return input;
};

/** rsync: copies trees, deletes what is not in the source, and may do so elsewhere. */
const rsync: Command = (call) => {
  const { args, shell } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-e',
      '--rsh',
      '--rsync-path',
      '-f',
      '--filter',
      '--exclude',
      '--include',
      '--exclude-from',
      '--include-from',
      '--files-from',
      '--password-file',
      '-T',
      '--temp-dir',
      '--backup-dir',
      '--partial-dir',
      '--log-file',
      '--port',
      '--bwlimit',
      '--timeout',
      '--chmod',
      '--chown',
      '-M',
      '--remote-option',
      '-B',
      '--link-dest',
      '--compare-dest',
      '--copy-dest',
      '--max-size',
      '--min-size',
      '--info',
      '--out-format',
    ]),
  });
  if (options.has('-e', '--rsh', '--rsync-path')) {
    ask(call, 'C6', 'one of its options names a command');
    for (const text of options.valuesOf('-e', '--rsh', '--rsync-path'))
      interpret([text], shell, call.streams);
  }
  for (const file of options.valuesOf('--exclude-from', '--include-from', '--files-from', '--password-file'))
    touchPath('read', file, shell);
  for (const file of options.valuesOf('--log-file', '--backup-dir', '--partial-dir', '-T', '--temp-dir'))
    touchPath('write', file, shell);
  const target = options.operands.at(-1);
  const sources = options.operands.slice(0, -1);
  for (const source of sources) {
    if (isRemote(source)) ask(call, 'C5', 'it fetches files from another machine');
    else touchPath('tree', source, shell);
    if (options.has('--remove-source-files') && !isRemote(source)) touchPath('delete', source, shell);
  }
  if (target === undefined) return unknownData;
  if (isRemote(target)) ask(call, 'C5', 'it sends files to another machine');
  else {
    const deletes = args.some((arg) => /^--del/.test(arg));
    touchPath(deletes ? 'delete' : 'write', target, shell);
    for (const source of sources) land(source, target, shell);
  }
  return noData;
};

/** tee as it is, and what it writes is remembered. */
const tee: Command = ({ args, shell, streams }) => {
  const { operands, has } = parseOptions(args);
  for (const path of operands) {
    touchPath('write', path, shell);
    writeFile(path, streams.stdin, { shell, append: has('-a', '--append') });
  }
  return streams.stdin;
};

/** sort and uniq write where an option or the second operand says. */
const uniq: Command = ({ args, shell, streams }) => {
  const [input, output] = parseOptions(args, {
    valued: new Set(['-f', '-s', '-w', '--skip-fields', '--skip-chars', '--check-chars']),
  }).operands;
  if (input !== undefined) touchPath('read', input, shell);
  if (output !== undefined) touchPath('write', output, shell);
  return input === undefined ? streams.stdin : contentOf([input], { shell, streams });
};

const gnu =
  (command: Command, name: string): Command =>
  (call) =>
    command({ ...call, name });

/** Commands that copy, move and link files and streams. */
export const transferCommands: readonly (readonly [string, Command])[] = [
  ...['cp', 'mv', 'ln', 'install'].flatMap((name) => [
    [name, transfer] as const,
    [`g${name}`, gnu(transfer, name)] as const,
  ]),
  ['link', gnu(transfer, 'ln')],
  ['dd', diskDump],
  ['dcfldd', diskDump],
  ['rsync', rsync],
  ['tee', tee],
  ['sponge', tee],
  ['uniq', uniq],
];
