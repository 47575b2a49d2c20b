import type { Statement } from 'unbash';

type Node = Statement['command'];

const nameOf = (node: Node): string | undefined =>
  node.type === 'Command' ? node.name?.value.split('/').at(-1) : undefined;

const leaving = new Set(['exit', 'return', 'break', 'continue', 'die', 'fail', 'abort']);

/** Whether a command surely ends what it stands in, as in `cd x || exit`. */
export function exits(node: Node): boolean {
  if (node.type === 'BraceGroup') {
    const last = node.body.commands.at(-1)?.command;
    return last !== undefined && exits(last);
  }
  return leaving.has(nameOf(node) ?? '');
}

const shells = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash', 'fish']);
const sockets = new Set([
  'nc',
  'ncat',
  'netcat',
  'nc.traditional',
  'nc.openbsd',
  'socat',
  'openssl',
  'telnet',
  'websocat',
  'cryptcat',
]);

/** Whether an interactive shell prints into a socket (N9): a shell without a script or a text of its own. */
export function readsNothingKnown(command: Node, next: Node): boolean {
  if (command.type !== 'Command' || !shells.has(nameOf(command) ?? '') || !sockets.has(nameOf(next) ?? ''))
    return false;
  return command.args.every(
    (arg) => arg.type === 'Word' && arg.text.startsWith('-') && !/^-\w*c/.test(arg.text),
  );
}
