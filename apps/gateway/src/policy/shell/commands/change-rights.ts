import { isOpen } from '../../place/wildcard.ts';
import { type Command, noData } from '../shell.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { ask, deny } from './objections.ts';
import { parseOptions } from './parse-options.ts';

/** A mode with the bit that lends the rights of the owner or the group. */
export const isSetUid = (mode: string): boolean =>
  /^0*[2-7][0-7]{3}$/.test(mode) || /[+=][rwxXtugo]*s/.test(mode);

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
  for (const path of options.operands)
    if (!/^[-+=]/.test(path)) touchPath(options.has('-R') ? 'bulk' : 'write', path, call.shell);
  return noData;
};

/** Commands that change who may do what with a file. */
export const rightsCommands: readonly (readonly [string, Command])[] = [
  ...['chmod', 'chown', 'chgrp', 'setfacl', 'chcon'].map((name) => [name, changeRights] as const),
  ...['chmod', 'chown', 'chgrp'].map(
    (name) => [`g${name}`, ((call) => changeRights({ ...call, name })) as Command] as const,
  ),
  ['chattr', changeAttributes],
  ['setfattr', changeAttributes],
  ['setcap', grant],
];
