import { isForeign, isOpen, wild } from '../../place/wildcard.ts';
import { wordList } from '../../place/word-list.ts';
import { type Call, type Command, type Data, foreignData, noData, unknownData } from '../shell.ts';
import { copyState } from '../shell-state.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { checkAddress, isUrl } from './check-address.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask } from './objections.ts';
import { type Options, parseOptions } from './parse-options.ts';
import { judgeRole } from './run-shaped.ts';

/** Settings of git that name a command, a file of commands or another server. From git-config(1). */
const runningSetting =
  /^(?:core\.(?:fsmonitor|hookspath|sshcommand|editor|pager|gitproxy|askpass|attributesfile|worktree|excludesfile)|diff\.external|diff\..*\.(?:command|textconv)|merge\..*\.driver|mergetool\..*|difftool\..*|filter\..*\.(?:clean|smudge|process)|alias\..*|pager\..*|credential\..*|credential|gpg\..*program|gpg\.program|ssh\.variant|sequence\.editor|interactive\.difffilter|include\.path|includeif\..*|init\.templatedir|uploadpack\..*|receivepack\..*|remote\..*\.(?:uploadpack|receivepack|proxy|vcs|url|pushurl)|url\..*|http\.(?:proxy|sslverify|.*\.proxy|cookiefile)|protocol\..*|submodule\..*\.(?:update|url)|sendemail\..*|browser\..*|man\..*|instaweb\..*|web\.browser|trailer\..*|safe\.directory|tar\..*|ext\..*|commit\.template|gc\.recentobjectshook|transfer\.credentialsinurl|bundle\..*|guitool\..*|log\.showsignature|pack\.packobjectshook|uploadarchive\..*|color\.pager)$/i;

/** Options of all subcommands with a value, and what it names; `p` a command. */
const valued = wordList(`
  -C -c -m -F -b -B -u -o -S -t -X -s -n -e -x -j --message --file --author --date --format --pretty --since --until --after --before
  --grep --git-dir --work-tree --namespace --exec-path --config-env --upload-pack --receive-pack --exec --output --origin --branch --depth
  --template --reference --config --onto --strategy --strategy-option --pathspec-from-file --output-directory --open-files-in-pager
  --tree-filter --index-filter --env-filter --msg-filter --commit-filter --parent-filter --tag-name-filter --separate-git-dir --remote --prefix
  --gpg-sign --local-user --cleanup --trailer --fixup --squash --super-prefix --list-cmds --contains --points-at --sort --extcmd --tool -T
`);

const commandOptions = [
  '--upload-pack',
  '--receive-pack',
  '--exec',
  '--open-files-in-pager',
  '--extcmd',
  '--tree-filter',
  '--index-filter',
  '--env-filter',
  '--msg-filter',
  '--commit-filter',
  '--parent-filter',
  '--tag-name-filter',
  '--config-env',
];

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
  const output = judgeVerb(verb, { options, rest, call: inside });
  for (const [path, data] of inside.shell.state.files) shell.state.files.set(path, data);
  return output;
};

/** Letters that take no value in these subcommands. */
function flagsOf(verb: string): readonly string[] {
  const flags: Record<string, string> = {
    clean: '-x -n',
    push: '-u -n -f -t',
    add: '-u -n -e',
    commit: '-s -n -e -o -u',
    status: '-s -b -u',
    branch: '-m -t',
    log: '-t -s -c -m',
    diff: '-b -s -u',
    show: '-s -c -m',
    grep: '-n -c -F',
    apply: '-3',
    fetch: '-t -n -u -j',
    pull: '-t -n -s',
    tag: '-s -n',
    stash: '-u -m',
    checkout: '-t -m',
    switch: '-t -m',
    merge: '-n',
    rm: '-n',
    mv: '-n',
    'ls-files': '-t -c -m -o -s -u -x -b',
    bisect: '-n',
    rebase: '-n -m -S',
    'cherry-pick': '-n -e -s -x -m',
    revert: '-n -e -s -m',
    describe: '-C',
    reset: '-N',
    restore: '-S -W -m',
  };
  return (flags[verb] ?? '').split(' ');
}

function splitGlobal(args: readonly string[]) {
  const settings: string[] = [];
  const directories: string[] = [];
  let execPath = false;
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at] ?? '';
    if (word === '-c') settings.push(args[++at] ?? '');
    else if (word === '-C') directories.push(args[++at] ?? '');
    else if (/^--(?:git-dir|work-tree|namespace)$/.test(word)) at++;
    else if (word.startsWith('--exec-path=')) execPath = true;
    else if (word.startsWith('--config-env'))
      settings.push(word.replace(/^--config-env=?/, '') || (args[++at] ?? ''));
    else if (!word.startsWith('-')) break;
  }
  return { settings, directories, execPath, words: args.slice(at) };
}

function judgeSetting(key: string, value: string, call: Call): void {
  if (
    /^(?:core\.editor|core\.pager|sequence\.editor|pager\..*|core\.fsmonitor|core\.excludesfile)$/i.test(
      key,
    ) &&
    /^(?:true|false|:|cat|less|vim?|nano|)$/.test(value)
  )
    return;
  if (/^credential\.helper$/i.test(key) && /^(?:|cache|store)$/.test(value)) return;
  if (!runningSetting.test(key) && !isOpen(key)) return;
  ask(call, 'C6', 'it makes git run a command or obey another configuration');
  // The values of an alias with `!`, a filter or an editor are text for a shell.
  if (!isUrl(value)) interpret([value.replace(/^!/, '')], call.shell, { stdin: noData, network: false });
}

function judgeCommandOptions(verb: string, options: Options, call: Call): void {
  const { shell } = call;
  for (const value of options.valuesOf(...commandOptions)) {
    ask(call, 'C6', 'one of its options names a command');
    interpret([value], shell, { stdin: noData, network: false });
  }
  if (options.has('--ext-diff', '--textconv') || (verb === 'grep' && options.has('-O')))
    ask(call, 'C6', 'one of its options names a command');
  if (
    /^(?:clone|fetch|pull|ls-remote|submodule)$/.test(verb) &&
    options.valuesOf('-u', '-c', '--config').length > 0
  ) {
    for (const value of options.valuesOf('-c', '--config'))
      judgeSetting(value.split('=')[0] ?? '', value.slice(value.indexOf('=') + 1), call);
    if (verb === 'clone' && options.valuesOf('-u').length > 0) {
      ask(call, 'C6', 'one of its options names a command');
      interpret(options.valuesOf('-u'), shell, { stdin: noData, network: false });
    }
  }
  const outputs = /^(?:format-patch|archive)$/.test(verb) ? ['-o'] : [];
  if (verb === 'difftool' && options.has('-x'))
    interpret(options.valuesOf('-x'), shell, { stdin: noData, network: false });
  for (const path of options.valuesOf('--output', '--output-directory', ...outputs))
    judgeRole('write', path, { shell });
  for (const path of options.valuesOf('-F', '--file', '--pathspec-from-file', '--template', '--reference'))
    if (verb !== 'grep' && verb !== 'config') judgeRole('read', path, { shell });
}

type Verb = { options: Options; rest: readonly string[]; call: Call };

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
      isOpen(path),
  );
  if (options.has('-f', '--force', '-B') && verb === 'checkout') ask(call, 'C5', lost);
  const onlyIndex = verb === 'restore' && options.has('--staged', '-S') && !options.has('--worktree', '-W');
  if (whole && !onlyIndex) ask(call, 'C5', lost);
}

function judgePush({ options, call }: Verb): Data {
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

function judgeConfig({ options, rest, call }: Verb): Data {
  const words = options.operands.filter(
    (word, index) =>
      !(
        index === 0 &&
        /^(?:set|get|list|unset|edit|rename-section|remove-section|get-all|get-regexp)$/.test(word)
      ),
  );
  const [key = '', value] = words;
  const reads =
    options.has('--get', '--get-all', '--get-regexp', '-l', '--list', '--get-urlmatch') ||
    /^(?:get|list)/.test(rest[0] ?? '');
  if (reads) return unknownData;
  if (options.has('-e', '--edit') || rest[0] === 'edit')
    ask(call, 'C5', 'it opens an editor on the configuration of git');
  const changes =
    value !== undefined ||
    options.has('--unset', '--unset-all', '--remove-section', '--rename-section', '--add', '--replace-all') ||
    /^(?:unset|re)/.test(rest[0] ?? '');
  if (!changes) return unknownData;
  if (options.has('--system')) touchPath('write', '/etc/gitconfig', call.shell);
  else if (options.has('--global')) touchPath('write', `${call.shell.context.home}/.gitconfig`, call.shell);
  for (const file of options.valuesOf('-f', '--file')) judgeRole('write', file, { shell: call.shell });
  judgeSetting(key, value ?? '', call);
  return noData;
}

function judgeNested(verb: string, { options, rest, call }: Verb): Data {
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

function judgeRemote(operands: readonly string[], call: Call): void {
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

function judgeTransfer(verb: string, { options, call }: Verb): Data {
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
