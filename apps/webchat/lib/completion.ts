/** A word of the prompt that can be completed: where it stands, and what of it was typed. */
export type Completion = { kind: 'command' | 'path'; typed: string; from: number; to: number };

/** What can be completed where the caret stands: a command at the very start, a path after an `@`. */
export function completionAt(text: string, caret: number): Completion | undefined {
  const before = text.slice(0, caret);
  const command = /^\/(\S*)$/.exec(before)?.[1];
  if (command !== undefined) return { kind: 'command', typed: command, from: 1, to: caret };
  const path = /(?:^|[\s([{"'“‘（《，。、：])@([^\s@]*)$/u.exec(before)?.[1];
  if (path === undefined) return undefined;
  return { kind: 'path', typed: path, from: caret - path.length, to: caret };
}

/** The prompt with the word in its place, and where the caret goes. A space follows what is complete. */
export function complete(
  text: string,
  { from, to }: Completion,
  { word, isWhole }: { word: string; isWhole: boolean },
): { text: string; caret: number } {
  const rest = text.slice(to).replace(/^\S+/, '');
  const space = isWhole && !/^\s/.test(rest) ? ' ' : '';
  return {
    text: text.slice(0, from) + word + space + rest,
    caret: from + word.length + (isWhole ? 1 : 0),
  };
}

/** Those whose name has the typed letters, best first: at its start, at the start of a word of it, anywhere. */
export function matching<Named extends { name: string }>(all: readonly Named[], typed: string): Named[] {
  const wanted = typed.toLowerCase();
  const rank = ({ name }: Named) => {
    const at = name.toLowerCase().indexOf(wanted);
    if (at <= 0) return at;
    return /[\p{L}\p{N}]/u.test(name.charAt(at - 1)) ? 2 : 1;
  };
  return all
    .map((item) => ({ item, rank: rank(item) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
