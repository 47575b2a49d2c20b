import ignore, { type Ignore } from 'ignore';

/** Folders that are never looked into: what is in them belongs to a tool, or to the gateway. */
const never: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj', 'node_modules', '.hotplex']);

/** Whoever wrote the file is not trusted: what is beyond these measures is left out of account, and covers nothing. */
export const longestIgnoreText = 65_536;
const mostRules = 1_000;
const longestRule = 1_000;
/** Each `**` multiplies what is tried for a path. */
const mostDeepMarks = 2;
const mostDeepRules = 50;
const mostLayers = 32;

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
    if (this.#layers.length >= mostLayers) return this;
    const rules = ignore({ ignoreCase: false }).add(bounded(text));
    return new IgnoreRules([...this.#layers, { folder, rules }]);
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

function bounded(text: string): string[] {
  let deep = 0;
  const rules = text
    .slice(0, longestIgnoreText)
    .split('\n')
    .filter((rule) => {
      const marks = rule.split('**').length - 1;
      if (marks > 1) deep += 1;
      return rule.length <= longestRule && marks <= mostDeepMarks && (marks < 2 || deep <= mostDeepRules);
    });
  return rules.slice(0, mostRules);
}
