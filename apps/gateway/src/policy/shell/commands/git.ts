import { isOpen, wild } from '../../place/wildcard.ts';
import { type Call, type Command, type Data, noData, unknownData } from '../shell.ts';
import { copyState } from '../shell-state.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { judgeConfig, judgeSetting } from './git-configuration.ts';
import { flagsOf, judgeCommandOptions, splitGlobal, type Verb, valued } from './git-options.ts';
import { judgeNested, judgePush, judgeRemote, judgeTemplate, judgeTransfer } from './git-transfer.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask } from './objections.ts';
import { parseOptions } from './parse-options.ts';

/** git: what it destroys, runs, configures and tells others (C5). */
export const git: Command = (call) => {
  const { args, shell } = call;
  const split = splitGlobal(args);
  for (const setting of split.settings)
    judgeSetting(setting.slice(0, setting.indexOf('=')), setting.slice(setting.indexOf('=') + 1), call);
  if (split.execPath) ask(call, 'C6', 'it runs git programs from another directory');
  const [verb = '', ...rest] = split.words;
  const inside: Call = { ...call, shell: { ...shell, state: copyState(shell.state) } };
  for (const directory of split.directories)
    inside.shell.state.cwds = placesOf(directory, inside.shell).map((place) => place.path);
  if (isOpen(verb)) ask(call, 'C5', 'which git command it runs is not known');
  const options = parseOptions(rest, {
    valued: new Set(
      [...valued, ...(verb === 'config' ? ['-f'] : [])].filter((option) => !flagsOf(verb).includes(option)),
    ),
    exact: true,
  });
  judgeCommandOptions(verb, options, inside);
  for (const word of options.operands.slice(verb === 'grep' ? 1 : 0))
    checkLooseWord(word, inside.shell, { readOnly: true });
  const output = judgeVerb(verb, { options, rest, call: inside });
  for (const [path, data] of inside.shell.state.files) shell.state.files.set(path, data);
  return output;
};

function judgeVerb(verb: string, parts: Verb): Data {
  const { options, call } = parts;
  const { operands } = options;
  const lost = 'it throws away work that is not saved elsewhere';
  switch (verb) {
    case 'reset':
      if (options.has('--hard', '--merge', '--keep')) ask(call, 'C5', lost);
      return noData;
    case 'clean':
      if (options.has('-f', '--force') && !options.has('-n', '--dry-run')) ask(call, 'C5', lost);
      return unknownData;
    case 'checkout':
    case 'restore':
      judgeCheckout(verb, parts);
      return noData;
    case 'switch':
      if (options.has('-f', '--force', '--discard-changes', '-C')) ask(call, 'C5', lost);
      return noData;
    case 'branch':
      if (options.has('-D', '-M', '-C') || (options.has('-f', '--force') && !options.has('--no-force')))
        ask(call, 'C5', lost);
      return [wild.name];
    case 'tag':
      if (options.has('-d', '--delete', '-f', '--force')) ask(call, 'C5', 'it deletes or moves a tag');
      return [wild.name];
    case 'stash':
      if (operands[0] === 'drop' || operands[0] === 'clear') ask(call, 'C5', lost);
      return unknownData;
    case 'reflog':
      if (operands[0] === 'expire' || operands[0] === 'delete') ask(call, 'C5', lost);
      return unknownData;
    case 'update-ref':
    case 'filter-branch':
    case 'filter-repo':
    case 'replace':
      ask(call, 'C5', 'it rewrites history');
      return unknownData;
    case 'gc':
    case 'prune':
      if (verb === 'prune' || options.valuesOf('--prune').some((when) => /now|all/.test(when)))
        ask(call, 'C5', lost);
      return unknownData;
    case 'rm':
      for (const path of operands)
        if (!options.has('--cached', '-n', '--dry-run')) touchPath('delete', path, call.shell);
      return noData;
    case 'mv':
      for (const path of operands) touchPath('write', path, call.shell);
      return noData;
    case 'push':
      return judgePush(parts);
    case 'config':
      return judgeConfig(parts);
    case 'rebase':
      if (options.valuesOf('-x', '--exec').length > 0) {
        ask(call, 'C6', 'one of its options names a command');
        interpret(options.valuesOf('-x', '--exec'), call.shell, { stdin: noData, network: false });
      }
      return noData;
    case 'bisect':
    case 'submodule':
      return judgeNested(verb, parts);
    case 'remote':
      if (/^(?:add|set-url|remove|rm|rename)$/.test(operands[0] ?? '')) judgeRemote(operands, call);
      return unknownData;
    case 'clone':
    case 'fetch':
    case 'pull':
    case 'ls-remote':
    case 'archive':
    case 'bundle':
      return judgeTransfer(verb, parts);
    case 'worktree':
      if (operands[0] === 'remove' || operands[0] === 'prune') ask(call, 'C5', lost);
      for (const path of operands[0] === 'add' ? operands.slice(1, 2) : [])
        touchPath('create', path, call.shell);
      return unknownData;
    case 'credential':
    case 'credential-store':
    case 'credential-cache':
      ask(call, 'N6', 'it shows or changes credentials');
      return unknownData;
    case 'send-email':
    case 'imap-send':
    case 'request-pull':
    case 'daemon':
    case 'instaweb':
    case 'http-backend':
    case 'shell':
    case 'p4':
    case 'svn':
    case 'difftool':
    case 'mergetool':
      ask(call, 'C5', 'it talks to others or runs other programs');
      return unknownData;
    case 'apply':
    case 'am':
      for (const path of operands) touchPath('read', path, call.shell);
      if (options.has('--unsafe-paths')) ask(call, 'C5', 'it changes files outside the repository');
      return noData;
    case 'diff':
    case 'hash-object':
    case 'show':
    case 'blame':
      for (const path of operands) checkLooseWord(path, call.shell, { readOnly: true });
      return unknownData;
    case 'init':
      judgeTemplate(parts);
      for (const path of operands) touchPath('create', path, call.shell);
      return noData;
    case 'rev-parse':
      return options.has('--show-toplevel') ? [call.shell.context.workDir] : [wild.name];
    case 'describe':
    case 'rev-list':
    case 'symbolic-ref':
    case 'merge-base':
      return [wild.name];
    case 'ls-files':
    case 'ls-tree':
      return [wild.run];
    default:
      return unknownData;
  }
}

function judgeCheckout(verb: string, { options, rest, call }: Verb): void {
  const lost = 'it throws away work that is not saved elsewhere';
  const dashes = rest.indexOf('--');
  const paths = dashes >= 0 ? rest.slice(dashes + 1) : options.operands;
  const whole = paths.some(
    (path) =>
      placesOf(path, call.shell).some((place) => place.wholeProject) ||
      path === ':/' ||
      path === ':(top)' ||
      (dashes >= 0 && isOpen(path)),
  );
  if (options.has('-f', '--force', '-B') && verb === 'checkout') ask(call, 'C5', lost);
  const onlyIndex = verb === 'restore' && options.has('--staged', '-S') && !options.has('--worktree', '-W');
  if (whole && !onlyIndex) ask(call, 'C5', lost);
}
