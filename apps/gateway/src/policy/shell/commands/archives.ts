import { wild } from '../../place/wildcard.ts';
import { type Command, foreignData, noData, type Shell, unknownData } from '../shell.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { interpret } from './interpret.ts';
import { ask } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { isRemote } from './transfer-files.ts';

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

/** zip: `-m` moves what it packs, and `-TT` names a command that tests it. */
const zip: Command = (call) => {
  const { args, shell } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-b',
      '-O',
      '--out',
      '-n',
      '-P',
      '-TT',
      '--unzip-command',
      '-t',
      '-tt',
      '-lf',
      '-sf',
      '-x',
      '-i',
    ]),
  });
  const [archive, ...files] = options.operands;
  for (const path of [archive, ...options.valuesOf('-O', '--out', '-lf', '-b')])
    if (path !== undefined) touchPath('write', path, shell);
  for (const text of options.valuesOf('-TT', '--unzip-command')) {
    ask(call, 'C6', 'one of its options names a command');
    interpret([text], shell, call.streams);
  }
  for (const file of files) {
    touchPath('tree', file, shell);
    if (options.has('-m', '--move')) touchPath('delete', file, shell);
  }
  return unknownData;
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

/** Commands that pack and unpack. */
export const archiveCommands: readonly (readonly [string, Command])[] = [
  ...['tar', 'bsdtar', 'gtar', 'star'].map((name) => [name, tar] as const),
  ...['unzip', 'bsdunzip'].map((name) => [name, unzip] as const),
  ['zip', zip],
  ...['7z', '7za', '7zr', '7zz', 'unar', 'unrar', 'rar'].map((name) => [name, sevenZip] as const),
];
