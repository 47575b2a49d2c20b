/** What the texts of every language put before a title to name its fork; their test holds it to them. */
const SAID = /^(?:Fork of |分支：)+/;

/** The title of a fork of the session with this title: that it is a fork is said once, however often it was forked, in either language. */
export function toForkTitle(title: string, forkTitle: (title: string) => string): string {
  return forkTitle(title.replace(SAID, ''));
}
