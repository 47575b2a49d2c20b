import { wordList } from '../../place/word-list.ts';
import { type Call, noData } from '../shell.ts';
import { judgeSetting } from './git-configuration.ts';
import { interpret } from './interpret.ts';
import { ask } from './objections.ts';
import type { Options } from './parse-options.ts';
import { judgeRole } from './run-shaped.ts';

/** Options of all subcommands with a value, and what it names; `p` a command. */
export const valued = wordList(`
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

/** Letters that take no value in these subcommands. */
export function flagsOf(verb: string): readonly string[] {
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

export function splitGlobal(args: readonly string[]) {
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

export function judgeCommandOptions(verb: string, options: Options, call: Call): void {
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

export type Verb = { options: Options; rest: readonly string[]; call: Call };
