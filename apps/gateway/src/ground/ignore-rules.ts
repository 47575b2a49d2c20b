import ignore, { type Ignore } from 'ignore';

/** Folders that are never looked into: what is in them belongs to a tool, or to the gateway. */
const never: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj', 'node_modules', '.hotplex']);

type Layer = { folder: string; rules: Ignore };

export const isNeverCovered = (name: string): boolean => never.has(name);

/** What the `.gitignore` of a folder and of those above it leave out (git-scm.com/docs/gitignore). */
export class IgnoreRules {
  readonly #layers: readonly Layer[];

  constructor(layers: readonly Layer[] = []) {
    this.#layers = layers;
  }

  /** The same with the rules of a folder further down; its path is relative, empty for the work dir itself. */
  with(folder: string, text: string): IgnoreRules {
    return new IgnoreRules([...this.#layers, { folder, rules: ignore({ ignoreCase: false }).add(text) }]);
  }

  /** A folder's path ends with `/`. The deepest file that says something decides. Those above it are not judged. */
  leavesOut(path: string): boolean {
    for (const { folder, rules } of this.#layers.toReversed()) {
      const { ignored, unignored } = rules.test(folder === '' ? path : path.slice(folder.length + 1));
      if (ignored || unignored) return ignored;
    }
    return false;
  }

  /** The same for a path and all folders above it, with the rules that stand there. */
  static leaveOut(path: string, textOf: (folder: string) => string | undefined): boolean {
    const names = path.split('/');
    let rules = new IgnoreRules();
    for (const [at, name] of names.entries()) {
      if (isNeverCovered(name)) return true;
      const folder = names.slice(0, at).join('/');
      const text = textOf(folder);
      if (text !== undefined) rules = rules.with(folder, text);
      const isLast = at === names.length - 1;
      if (rules.leavesOut(names.slice(0, at + 1).join('/') + (isLast ? '' : '/'))) return true;
    }
    return false;
  }
}
