/**
 * Text of which a part is not known, as a string: characters of the private use area stand for what could be there, so
 * that cutting and joining work as on any text. Whoever makes such a text takes these characters out of its input.
 */
export const wild = {
  /** Exactly one character of a name: `?` or `[…]`. */
  one: '\uE000',
  /** Any characters of one name: `*`. */
  run: '\uE001',
  /** Anything at all, also nothing and also slashes: the value of an unknown variable. */
  text: '\uE002',
  /** Like `text`, and it came from the network or out of an encoding. */
  foreign: '\uE003',
  /** Like `run`, and it is there: a temporary name, the output of a harmless program. */
  name: '\uE004',
} as const;

const anyMark = /[\uE000-\uE004]/;
const unboundedMark = /[\uE002\uE003]/;

/** Whether nothing about the text is open. */
export const isKnown = (text: string): boolean => !anyMark.test(text);

/** Whether a part of the text could be anything, slashes included. */
export const isOpen = (text: string): boolean => unboundedMark.test(text);

/** Whether the text holds data that was fetched or decoded. */
export const isForeign = (text: string): boolean => text.includes(wild.foreign);

/** The text as people read it: `*` and `?` for globs, `…` for what is unknown. */
export const readable = (text: string): string =>
  text.replace(/[\uE000-\uE004]/g, (mark) => (mark === wild.one ? '?' : mark === wild.run ? '*' : '…'));

/** Whether a text is made of wildcards only, like `*`, `?*`, `.*` or `*.*`. */
export const isPureWildcard = (name: string): boolean =>
  /^[.\uE000\uE001]+$/.test(name) && anyMark.test(name);

/**
 * Whether a name with wildcards can be the name that a rule means, whose `*` stands for any characters. A glob does not
 * reach names that begin with a dot, as in bash without dotglob.
 */
export function mayBeName(name: string, rule: string): boolean {
  if (isGlob(name[0]) && rule.startsWith('.')) return false;
  // A made-up name is no name that anybody knows.
  if (name.includes(wild.name) && !rule.includes('*')) return false;
  return meets(name, 0, rule, 0);
}

const isGlob = (character: string | undefined): boolean => character === wild.one || character === wild.run;

function meets(name: string, at: number, rule: string, ruleAt: number): boolean {
  const mark = name[at];
  const want = rule[ruleAt];
  if (mark === undefined && want === undefined) return true;
  if (want === '*')
    return meets(name, at, rule, ruleAt + 1) || (mark !== undefined && meets(name, at + 1, rule, ruleAt));
  if (mark === undefined) return false;
  if (anyMark.test(mark) && mark !== wild.one)
    return meets(name, at + 1, rule, ruleAt) || (want !== undefined && meets(name, at, rule, ruleAt + 1));
  if (want === undefined) return false;
  return (mark === wild.one || mark === want) && meets(name, at + 1, rule, ruleAt + 1);
}
