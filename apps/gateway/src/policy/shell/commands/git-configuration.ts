import { isOpen } from '../../place/wildcard.ts';
import { type Call, type Data, noData, unknownData } from '../shell.ts';
import { touchPath } from '../touch-path.ts';
import { isUrl } from './check-address.ts';
import type { Verb } from './git-options.ts';
import { interpret } from './interpret.ts';
import { ask } from './objections.ts';
import { judgeRole } from './run-shaped.ts';

/** Settings of git that name a command, a file of commands or another server. From git-config(1). */
const runningSetting =
  /^(?:core\.(?:fsmonitor|hookspath|sshcommand|editor|pager|gitproxy|askpass|attributesfile|worktree|excludesfile)|diff\.external|diff\..*\.(?:command|textconv)|merge\..*\.driver|mergetool\..*|difftool\..*|filter\..*\.(?:clean|smudge|process)|alias\..*|pager\..*|credential\..*|credential|gpg\..*program|gpg\.program|ssh\.variant|sequence\.editor|interactive\.difffilter|include\.path|includeif\..*|init\.templatedir|uploadpack\..*|receivepack\..*|remote\..*\.(?:uploadpack|receivepack|proxy|vcs|url|pushurl)|url\..*|http\.(?:proxy|sslverify|.*\.proxy|cookiefile)|protocol\..*|submodule\..*\.(?:update|url)|sendemail\..*|browser\..*|man\..*|instaweb\..*|web\.browser|trailer\..*|safe\.directory|tar\..*|ext\..*|commit\.template|gc\.recentobjectshook|transfer\.credentialsinurl|bundle\..*|guitool\..*|log\.showsignature|pack\.packobjectshook|uploadarchive\..*|color\.pager)$/i;

export function judgeSetting(key: string, value: string, call: Call): void {
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

export function judgeConfig({ options, rest, call }: Verb): Data {
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
