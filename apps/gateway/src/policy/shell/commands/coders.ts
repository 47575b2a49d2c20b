import { isForeign } from '../../place/wildcard.ts';
import { type Command, foreignData, unknownData } from '../shell.ts';
import { ask, deny } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { judgeRole, runShaped, shapeOf } from './run-shaped.ts';

/** Programs that encode, and with an option decode. */
const coder: Command = (call) => {
  const { args, shell, streams, name } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-w',
      '--wrap',
      '-i',
      '-o',
      '-c',
      '-l',
      '-s',
      '-g',
      '--input',
      '--output',
      '-cols',
      '-len',
      '-seek',
    ]),
  });
  for (const value of options.valuesOf('-o', '--output')) judgeRole('write', value, { shell });
  for (const value of options.valuesOf('-i', '--input')) judgeRole('read', value, { shell });
  const [input, output] = options.operands;
  if (input !== undefined) judgeRole('read', input, { shell });
  if (output !== undefined && name === 'xxd') judgeRole('write', output, { shell });
  if (options.has('-d', '-D', '--decode', '-r')) return foreignData;
  return streams.stdin.some(isForeign) ? foreignData : unknownData;
};

/** openssl: a coder, a client of the network and a keeper of keys. */
const openssl: Command = (call) => {
  const { args, shell } = call;
  const [command = ''] = args;
  const writes = new Set(['-out', '-keyout', '-signature-out', '-writerand', '-CAserial']);
  for (const [index, arg] of args.entries()) {
    const before = args[index - 1] ?? '';
    if (before === '-provider-path' || before === '-engine') ask(call, 'C6', 'it loads code into openssl');
    else
      judgeRole(writes.has(before) ? 'write' : 'loose', arg.replace(/^file:/, ''), { shell, readOnly: true });
  }
  if (command === 's_server') ask(call, 'C5', 'it listens on the network');
  const decodes = args.some((arg) => arg === '-d' || arg === '-D' || arg === '-decrypt');
  return decodes || command === 's_client' ? foreignData : unknownData;
};

/** gpg keeps keys of its own and hands them out without a path being named (N6). */
const gpg: Command = (call) => {
  if (call.args.some((arg) => /^--export-secret-(?:sub)?keys?$/.test(arg)))
    deny(call, 'N6', 'it hands out secret keys');
  const shape = shapeOf(call.name);
  return shape ? runShaped(shape, call) : unknownData;
};

/** Commands that encode, decode and encrypt. */
export const coderCommands: readonly (readonly [string, Command])[] = [
  ...['base64', 'base32', 'basenc', 'xxd', 'uuenview', 'ascii85', 'base58', 'gbase64'].map(
    (name) => [name, coder] as const,
  ),
  ['openssl', openssl],
  ['gpg', gpg],
  ['gpg2', gpg],
];
