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
  // No file has a longer name.
  return name.length <= 512 && meets(name, rule);
}

const isGlob = (character: string | undefined): boolean => character === wild.one || character === wild.run;

/** Whether a text can be what a rule means. Both may hold wildcards: which places of the rule are reached after each character of the name, in linear memory. */
export function meets(name: string, rule: string): boolean {
  let reached = skipStars(new Set([0]), rule);
  for (const mark of name) {
    const next = new Set<number>();
    for (const at of reached) {
      const want = rule[at];
      const isRun = anyMark.test(mark) && mark !== wild.one;
      if (want === '*' || isRun) next.add(at);
      if (isRun) for (let ahead = at + 1; ahead <= rule.length; ahead++) next.add(ahead);
      else if (want !== undefined && want !== '*' && (mark === wild.one || mark === want)) next.add(at + 1);
    }
    reached = skipStars(next, rule);
    if (reached.size === 0) return false;
  }
  return reached.has(rule.length);
}

function skipStars(places: Set<number>, rule: string): Set<number> {
  for (const at of places) if (rule[at] === '*') places.add(at + 1);
  return places;
}
