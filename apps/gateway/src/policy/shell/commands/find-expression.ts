/** Tests of find that leave a part of what is there. */
const narrowing =
  /^-(?:i?name|i?path|i?wholename|i?regex|i?lname|newer\w*|[acm]time|[acm]min|size|empty|perm|user|group|links|inum|samefile|anewer|cnewer|nouser|nogroup|used|fstype|xtype)$/;

/** Words of find's expression that have a value of their own. */
export const oneValue =
  /^-(?:i?name|i?path|i?wholename|i?regex|i?lname|newer\w*|[acm]time|[acm]min|size|perm|user|group|links|inum|samefile|maxdepth|mindepth|anewer|cnewer|used|fstype|x?type|fprint0?|fls|files0-from|printf|regextype|uid|gid|context)$/;

/** What a parenthesis of the expression lets through: `others` are its finished alternatives, `own` is the one at hand. */
type Group = { negated: boolean; others: boolean; own: boolean };

/**
 * Whether the tests before an action of find leave a part of what is there, in each way to the action: those of its own
 * alternative and of the parentheses around it, since `a -o b` does b to what a did not fit, and `( a -o b )` fits both.
 * What is only left out, by `!`, is not counted: nearly all remains.
 */
export function isNarrowed(before: readonly string[]): boolean {
  if (before.some((word, at) => word === '-maxdepth' && before[at + 1] === '0')) return false;
  const groups: Group[] = [{ negated: false, others: true, own: false }];
  let negated = false;
  for (let at = 0; at < before.length; at++) {
    const word = before[at] ?? '';
    const group = groups.at(-1);
    if (!group) return false;
    if (word === '!' || word === '-not') {
      negated = !negated;
      continue;
    }
    if (word === '(') groups.push({ negated, others: true, own: false });
    else if (word === ')') {
      groups.pop();
      const around = groups.at(-1);
      if (around && !group.negated) around.own ||= group.others && group.own;
    } else if (word === '-o' || word === '-or') {
      group.others &&= group.own;
      group.own = false;
    } else if (word === ',') {
      group.others = true;
      group.own = false;
    } else if (narrowing.test(word) && !negated && !fitsAll(word, before[at + 1])) group.own = true;
    negated = false;
    at = lastOf(before, at);
  }
  return groups.some(({ own }) => own);
}

/** A pattern that leaves nothing out, or next to nothing. */
const fitsAll = (test: string, pattern = ''): boolean =>
  test.endsWith('regex') ? /^(?:\.\/)?\.[*+]$/.test(pattern) : /^(?:\.?\/)?\??\*+\??(?:\.\*)?$/.test(pattern);

/** Where a word with its values ends: what is only printed, or given to a command, is no test. */
function lastOf(words: readonly string[], at: number): number {
  const word = words[at] ?? '';
  if (oneValue.test(word)) return at + 1;
  if (word === '-fprintf') return at + 2;
  return /^-(?:exec|ok)(?:dir)?$/.test(word) ? endOfCommand(words, at) : at;
}

/** Where the command that find runs ends, with its `;` or `{} +`. */
export function endOfCommand(words: readonly string[], at: number): number {
  const end = words.findIndex(
    (word, index) => index > at && (word === ';' || (word === '+' && words[index - 1] === '{}')),
  );
  return end < 0 ? words.length : end;
}
