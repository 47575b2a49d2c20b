import { isOpen, wild } from '../../place/wildcard.ts';
import {
  type Call,
  type Command,
  type Data,
  foreignData,
  noData,
  type Shell,
  unknownData,
} from '../shell.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { readFile, writeFile } from '../walk/apply-redirects.ts';
import { interpret } from './interpret.ts';
import { ask, deny } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { contentOf } from './run-shaped.ts';

const isRemote = (path: string): boolean =>
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

/** A mode with the bit that lends the rights of the owner or the group. */
const isSetUid = (mode: string): boolean => /^0*[2-7][0-7]{3}$/.test(mode) || /[+=][rwxXtugo]*s/.test(mode);

/** chmod, chown and their kin. */
const changeRights: Command = (call) => {
  const { args, shell, name } = call;
  const options = parseOptions(
    args.map((arg) => (/^-[rwxXst]/.test(arg) ? `a${arg}` : arg)),
    {
      valued: new Set([
        '--reference',
        '--from',
        '-m',
        '-M',
        '-x',
        '-X',
        '--modify',
        '--remove',
        '--set',
        '--set-file',
        '--restore',
      ]),
    },
  );
  const recursive = options.has('-R', '--recursive');
  const byOption =
    options.has('--reference') ||
    (name === 'setfacl' && options.has('-m', '-M', '-x', '-X', '-b', '-k', '--modify', '--remove', '--set'));
  const [mode = '', ...rest] = options.operands;
  const targets = byOption ? options.operands : rest;
  if (name === 'chmod' && !byOption && isSetUid(mode))
    deny(call, 'N7', 'it makes a program run with the rights of its owner');
  if (name === 'chmod' && isOpen(mode)) ask(call, 'C5', 'which rights it gives is not known');
  for (const target of targets) {
    const places = placesOf(target, shell);
    if (recursive || places.some((place) => place.protectedRoot)) touchPath('bulk', target, shell);
    else touchPath('write', target, shell);
  }
  return noData;
};

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

/** tar: what it reads, removes and unpacks, and the commands among its options. */
const tar: Command = (call) => {
  const { args, shell, streams } = call;
  const words = args[0] !== undefined && /^[a-zA-Z]+$/.test(args[0]) ? bundled(args) : args;
  const options = parseOptions(words, {
    valued: new Set([
      '-f',
      '--file',
      '-C',
      '--directory',
      '-I',
      '--use-compress-program',
      '-T',
      '--files-from',
      '-X',
      '--exclude-from',
      '--exclude',
      '--transform',
      '--xform',
      '-F',
      '--info-script',
      '--new-volume-script',
      '--to-command',
      '--checkpoint-action',
      '--rsh-command',
      '--rmt-command',
      '-g',
      '--listed-incremental',
      '-b',
      '-N',
      '-L',
      '-K',
      '-V',
      '--owner',
      '--group',
      '--mode',
      '--mtime',
      '--strip-components',
      '--one-top-level',
      '--add-file',
      '--index-file',
      '--format',
      '-H',
      '--suffix',
      '--sort',
      '--level',
      '--warning',
    ]),
  });
  for (const action of options.valuesOf('--checkpoint-action'))
    if (/exec=/.test(action)) interpret([action.replace(/^[\s\S]*?exec=/, '')], shell, streams);
  const commands = options.valuesOf(
    '-I',
    '--use-compress-program',
    '--to-command',
    '-F',
    '--info-script',
    '--new-volume-script',
    '--rsh-command',
    '--rmt-command',
  );
  for (const command of commands)
    if (!/^(?:pigz|pbzip2|pixz|zstd|xz|gzip|bzip2|lz4|lzip|plzip|zstdmt)(?:\s+-[\w-]+)*$/.test(command)) {
      ask(call, 'C6', 'one of its options names a command');
      interpret([command], shell, streams);
    }
  if (options.has('--checkpoint-action')) ask(call, 'C6', 'one of its options names a command');
  const extracts = options.has('-x', '--extract', '--get');
  const archives = options.valuesOf('-f', '--file');
  for (const archive of archives) {
    if (isRemote(archive)) ask(call, 'C5', 'it sends files to another machine');
    else
      touchPath(extracts || options.has('-t', '--list', '-d', '--diff') ? 'read' : 'write', archive, shell);
  }
  for (const file of options.valuesOf('-T', '--files-from', '-X', '--exclude-from'))
    touchPath('read', file, shell);
  for (const file of options.valuesOf('-g', '--listed-incremental', '--index-file'))
    touchPath('write', file, shell);
  const directories = options.valuesOf('-C', '--directory', '--one-top-level');
  if (extracts) {
    if (options.has('-P', '--absolute-names')) ask(call, 'C5', 'it unpacks to wherever the archive says');
    for (const directory of directories.length > 0 ? directories : ['./']) unpackInto(directory, shell);
    return options.has('-O', '--to-stdout') ? foreignData : noData;
  }
  if (options.has('-t', '--list')) return [wild.name];
  for (const path of options.operands) {
    const from = path.startsWith('/') || directories.length === 0 ? path : `${directories.at(-1)}/${path}`;
    touchPath('tree', from, shell);
    if (options.has('--remove-files')) touchPath('delete', from, shell);
  }
  return unknownData;
};

/** Old style: `tar czf out src`, letters that take the following words in turn. */
function bundled([letters = '', ...rest]: readonly string[]): readonly string[] {
  const words = [...rest];
  const options = [...letters].flatMap((letter) =>
    'fCIXTgbNLKVFH'.includes(letter) ? [`-${letter}`, words.shift() ?? ''] : [`-${letter}`],
  );
  return [...options, ...words];
}

function unpackInto(directory: string, shell: Shell): void {
  touchPath('write', directory, shell);
  // What an archive holds for the root, it holds for the system.
  if (placesOf(directory, shell).some((place) => place.path === '/')) touchPath('write', '/usr', shell);
  for (const place of placesOf(directory, shell))
    if (place.zone !== 'work' || place.path !== shell.context.workDir)
      shell.state.files.set(`${place.path}/`, unknownData);
}

const unzip: Command = (call) => {
  const { args, shell } = call;
  const options = parseOptions(args, { valued: new Set(['-d', '-x', '-P', '-o-']) });
  const [archive] = options.operands;
  if (archive !== undefined) touchPath('read', archive, shell);
  if (options.has('-l', '-t', '-v', '-Z')) return unknownData;
  if (options.has('-p', '-c')) return foreignData;
  unpackInto(options.valuesOf('-d')[0] ?? './', shell);
  if (options.has('-:')) ask(call, 'C5', 'it unpacks to wherever the archive says');
  return noData;
};

const sevenZip: Command = (call) => {
  const { args, shell } = call;
  const [verb = '', archive, ...files] = args.filter((arg) => !arg.startsWith('-'));
  if (archive !== undefined) touchPath(/^[xelt]/.test(verb) ? 'read' : 'write', archive, shell);
  for (const file of files) touchPath('tree', file, shell);
  const output = args.find((arg) => arg.startsWith('-o'))?.slice(2);
  if (/^[xe]$/.test(verb)) unpackInto(output ?? './', shell);
  if (args.includes('-sdel')) for (const file of files) touchPath('delete', file, shell);
  return args.includes('-so') ? foreignData : unknownData;
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

/** File capabilities and attributes. */
const grant: Command = (call) => {
  deny(call, 'N7', 'it gives a program rights of its own');
  return noData;
};

const changeAttributes: Command = (call) => {
  const options = parseOptions(
    call.args.filter((arg) => !/^[-+=][aAcCdDeFijmPsStTux]+$/.test(arg)),
    { valued: new Set(['-v', '-p', '-n', '-x']) },
  );
  for (const path of options.operands) if (!/^[-+=]/.test(path)) touchPath('write', path, call.shell);
  return noData;
};

/** Commands that move, change and pack files. */
export const fileCommands: readonly (readonly [string, Command])[] = [
  ...['cp', 'mv', 'ln', 'install', 'gcp', 'gmv'].map(
    (name) => [name, ((call) => transfer({ ...call, name: name.replace(/^g/, '') })) as Command] as const,
  ),
  ['link', ((call) => transfer({ ...call, name: 'ln' })) as Command],
  ...['chmod', 'chown', 'chgrp', 'setfacl', 'chcon', 'gchmod', 'gchown'].map(
    (name) => [name, ((call) => changeRights({ ...call, name: name.replace(/^g/, '') })) as Command] as const,
  ),
  ['chattr', changeAttributes],
  ['setfattr', changeAttributes],
  ['setcap', grant],
  ['dd', diskDump],
  ['dcfldd', diskDump],
  ...['tar', 'bsdtar', 'gtar', 'star'].map((name) => [name, tar] as const),
  ...['unzip', 'bsdunzip'].map((name) => [name, unzip] as const),
  ...['7z', '7za', '7zr', '7zz', 'unar', 'unrar', 'rar'].map((name) => [name, sevenZip] as const),
  ['rsync', rsync],
  ['tee', tee],
  ['sponge', tee],
  ['uniq', uniq],
];
