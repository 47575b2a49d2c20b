import { StartError } from '../../ground/start-error.ts';
import { failureCode } from './failure-code.ts';

const reasons: readonly [codes: RegExp, reason: string, remedy: string][] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'the disk is full', 'free some space'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'another program has it locked', 'close that program'],
  [
    /^(SQLITE_READONLY|SQLITE_PERM|SQLITE_CANTOPEN|EACCES|EPERM|EROFS)/,
    'this user may not read and write it',
    'give it to the user that runs the gateway, or set HOTPLEX_DB_PATH to another path',
  ],
  [/^(ENOENT|ELOOP)/, 'it is a link to nowhere', 'mount or restore what it points to, or remove the link'],
  [/^(ENOTDIR|EEXIST|EISDIR)/, 'a part of the path is not a folder', 'set HOTPLEX_DB_PATH to another path'],
  [
    /^(SQLITE_NOTADB|SQLITE_CORRUPT)/,
    'it is damaged',
    'restore a backup, or move it away to begin with an empty one',
  ],
  [/^SQLITE_ERROR/, 'its tables are not the ones expected', 'restore a backup, or move it away'],
];

/** Why a database (or its folder) cannot be used at start, in one sentence with its path and a remedy. */
export function toStartError(path: string, error: unknown): StartError {
  if (error instanceof StartError) return error;
  const code = failureCode(error);
  const known = reasons.find(([codes]) => code !== undefined && codes.test(code));
  const [, reason, remedy] = known ?? [
    undefined,
    code ?? (error instanceof Error ? error.message : String(error)),
    'check the disk it is on',
  ];
  return new StartError(`cannot use ${path}: ${reason}; ${remedy}`, { cause: error });
}
