import { isForeign } from '../../place/wildcard.ts';
import { type Call, type Data, foreignData, noData, unknownData } from '../shell.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { checkAddress, isUrl } from './check-address.ts';
import type { Verb } from './git-options.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask } from './objections.ts';
import { judgeRole } from './run-shaped.ts';

export function judgePush({ options, call }: Verb): Data {
  const force =
    options.has('-f', '--force', '--mirror', '--prune', '-d', '--delete') ||
    options.operands.some((ref, index) => index > 0 && /^[+:]/.test(ref));
  // --force-with-lease looks first; a plain --force beside it does not.
  const lease = options.options.some(
    ({ name }) => name.startsWith('--force-with-lease') || name.startsWith('--force-if-includes'),
  );
  const plain = options.options.some(
    ({ name }) =>
      name === '-f' ||
      name === '--force' ||
      name === '--mirror' ||
      name === '-d' ||
      /^--(?:del|pru)/.test(name),
  );
  if ((force && !lease) || plain || options.operands.slice(1).some((ref) => /^[+:]/.test(ref)))
    ask(call, 'C5', 'it rewrites or deletes what others have');
  for (const target of options.operands.slice(0, 1)) judgeLocation(target, call);
  if (options.operands.some((word) => isForeign(word)))
    ask(call, 'C5', 'where it pushes to came from elsewhere');
  return unknownData;
}

export function judgeNested(verb: string, { options, rest, call }: Verb): Data {
  const at = rest.findIndex((word) => word === (verb === 'bisect' ? 'run' : 'foreach'));
  if (at >= 0) {
    const words = rest.slice(at + 1).filter((word, index) => !(index === 0 && word.startsWith('--')));
    ask(call, 'C5', 'it runs a command for every part of the repository');
    if (words.length === 1) interpret([words[0] ?? ''], call.shell, { stdin: noData, network: false });
    else if (words.length > 1)
      call.shell.engine.runWords(words, call.shell, { stdin: noData, network: false });
  }
  if (verb === 'submodule' && options.operands[0] === 'deinit')
    ask(call, 'C5', 'it removes a part of the project');
  for (const word of options.operands)
    if (options.operands[0] === 'add' || options.operands[0] === 'set-url') judgeLocation(word, call);
  return unknownData;
}

export function judgeRemote(operands: readonly string[], call: Call): void {
  for (const word of operands.slice(2)) judgeLocation(word, call);
  if (operands[0] === 'set-url') ask(call, 'C5', 'it makes the project push somewhere else');
}

/** A repository elsewhere: `ext::` runs a command, `fd::` takes an open file. */
function judgeLocation(location: string, call: Call): void {
  const text = /^ext::([\s\S]*)$/.exec(location)?.[1];
  if (text !== undefined) {
    ask(call, 'C6', 'the address is a command that git runs');
    interpret([text.replace(/% /g, '\\ ')], call.shell, { stdin: noData, network: false });
  } else if (/^\w+::/.test(location)) ask(call, 'C6', 'the address makes git run a program');
  if (location.startsWith('-') || /^ssh:\/\/-/.test(location)) ask(call, 'C6', 'the address is an option');
  if (isUrl(location)) checkAddress(location, call.shell);
  else checkLooseWord(location, call.shell, { readOnly: true });
}

/** A new repository takes its hooks from a template, and a clone runs one of them at once. */
export function judgeTemplate({ options, call }: Pick<Verb, 'options' | 'call'>): void {
  if (options.valuesOf('--template').some((template) => template !== ''))
    ask(call, 'C6', 'the repository takes hooks from a template');
}

export function judgeTransfer(verb: string, { options, call }: Verb): Data {
  const { shell } = call;
  const [location = '', directory] = options.operands;
  judgeLocation(location, call);
  if (verb === 'archive') {
    for (const path of options.valuesOf('-o', '--output')) judgeRole('write', path, { shell });
    return unknownData;
  }
  if (verb === 'bundle') {
    if (options.operands[0] === 'create') touchPath('write', directory ?? '', shell);
    return unknownData;
  }
  if (verb === 'clone') judgeTemplate({ options, call });
  if (verb !== 'clone') return verb === 'ls-remote' ? foreignData : unknownData;
  const target =
    directory ??
    location
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .split(/[/:]/)
      .at(-1) ??
    '';
  touchPath('create', target, shell);
  touchPath('write', `${target}/`, shell);
  for (const place of placesOf(target, shell)) shell.state.files.set(`${place.path}/`, unknownData);
  return noData;
}
