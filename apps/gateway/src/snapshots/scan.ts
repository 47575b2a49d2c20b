import type { Dirent } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';
import { GatewayError } from '../ground/gateway-error.ts';
import { IgnoreRules, isNeverCovered } from '../ground/ignore-rules.ts';
import { readIgnoreFile } from '../ground/read-ignore-file.ts';
import { asFolder, folderOf, isWhereItWas, type RealFolder } from '../ground/real-folder.ts';
import { type Entry, type Index, isUntouched } from './entry.ts';
import { LeftOutCount } from './left-out.ts';
import { readEntry } from './read-entry.ts';
import type { ScanLimits } from './scan-limits.ts';

export type ScanOptions = {
  /** Absolute and real. */
  workDir: string;
  /** What was known before: of what is untouched since, nothing is read. */
  before: Index;
  limits: ScanLimits;
  /** What was touched from then on, by the clock of the file system, counts as it was before. */
  cutoff(): number;
  /** Unix milliseconds. */
  now(): number;
  /** Monotonic milliseconds. */
  elapsed(): number;
  /** Whether a file's content is nobody's business, by its absolute path. */
  isSecret(path: string, workDir: string): boolean;
  /** Holds a content and names it; `null` for one that is not held. */
  keep(content: Uint8Array): Promise<string | null>;
};

/** How a work dir stands, as far as it is covered. */
export type Scan = {
  index: Index;
  /** Why not all of it was looked at. */
  partial: 'too_many' | 'timeout' | null;
  leftOut: LeftOutCount;
};

type Folder = RealFolder & { path: string; rules: IgnoreRules; isIgnored: boolean; depth: number };

/** As many files of one folder are looked at together. */
const abreast = 16;
/** Then others have their turn. */
const namesAtOnce = 200;
const deepest = 64;

/**
 * Looks at every file of a work dir, each opened in its open folder, so that no link leads out of it (F3). Throws
 * INVALID_MESSAGE if the work dir itself cannot be looked at.
 */
export async function scan(options: ScanOptions): Promise<Scan> {
  return new Walk(options).run();
}

class Walk {
  readonly #options: ScanOptions;
  readonly #index = new Map<string, Entry>();
  readonly #leftOut = new LeftOutCount();
  /** When something last appeared in, or vanished from, each folder. */
  readonly #folderTimes = new Map<string, number>();
  readonly #knownFolders: ReadonlySet<string>;
  readonly #deadline: number;
  #files = 0;
  #partial: Scan['partial'] = null;

  constructor(options: ScanOptions) {
    this.#options = options;
    this.#deadline = options.elapsed() + options.limits.timeoutMs;
    this.#knownFolders = foldersOf(options.before);
  }

  async run(): Promise<Scan> {
    const { workDir } = this.#options;
    const handle = await open(workDir, asFolder).catch(() => Promise.reject(gone(workDir)));
    try {
      if (!isWhereItWas(handle.fd, workDir)) throw gone(workDir);
      const rules = new IgnoreRules();
      await this.#folder(handle, { path: '', rules, isIgnored: false, depth: 0 });
    } finally {
      await handle.close();
    }
    this.#keepWhatVanishedSince();
    return { index: this.#index, partial: this.#partial, leftOut: this.#leftOut };
  }

  async #folder(handle: FileHandle, about: Omit<Folder, 'at'>): Promise<void> {
    const real = folderOf(handle.fd, join(this.#options.workDir, about.path));
    this.#folderTimes.set(about.path, (await handle.stat()).ctimeMs);
    const names = await readdir(real.at(''), { withFileTypes: true });
    const text = names.some(({ name }) => name === '.gitignore')
      ? await readIgnoreFile(real.at('.gitignore'))
      : '';
    const rules = text === '' ? about.rules : about.rules.with(about.path, text);
    const folder: Folder = { ...about, ...real, rules };
    const files: string[] = [];
    const folders: string[] = [];
    // The same ones every time, where there are too many.
    const sorted = names.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const [at, each] of sorted.entries()) {
      if (at % namesAtOnce === namesAtOnce - 1) await nextRound();
      if (!this.#mayGoOn()) return;
      this.#sort(each, folder, { files, folders });
    }
    for (let at = 0; at < files.length && this.#mayGoOn(); at += abreast)
      await Promise.all(files.slice(at, at + abreast).map((name) => this.#file(name, folder)));
    for (const name of folders) if (this.#mayGoOn()) await this.#enter(name, folder);
  }

  #sort(each: Dirent, folder: Folder, found: { files: string[]; folders: string[] }): void {
    const path = pathIn(folder, each.name);
    if (isNeverCovered(each.name)) return;
    if (each.isSymbolicLink()) this.#leftOut.add('link', path);
    else if (each.isDirectory()) {
      if (this.#knownFolders.has(path) || !this.#isIgnored(`${path}/`, folder)) found.folders.push(each.name);
      else this.#leftOut.add('ignored', `${path}/`);
    } else if (!each.isFile()) this.#leftOut.add('special', path);
    // As for git, what is known stays covered, whatever a `.gitignore` says later.
    else if (this.#options.before.has(path) || !this.#isIgnored(path, folder)) found.files.push(each.name);
    else this.#leftOut.add('ignored', path);
  }

  #isIgnored(path: string, { rules, isIgnored }: Folder): boolean {
    return isIgnored || rules.leavesOut(path);
  }

  async #enter(name: string, folder: Folder): Promise<void> {
    const path = pathIn(folder, name);
    if (folder.depth >= deepest) return this.#leftOut.add('unreadable', `${path}/`);
    const handle = await open(folder.at(name), asFolder).catch(() => undefined);
    if (!handle) return this.#leftOut.add('unreadable', `${path}/`);
    const { rules, depth } = folder;
    try {
      const isIgnored = this.#isIgnored(`${path}/`, folder);
      await this.#folder(handle, { path, rules, isIgnored, depth: depth + 1 });
    } finally {
      await handle.close();
    }
  }

  async #file(name: string, folder: Folder): Promise<void> {
    const { before, limits } = this.#options;
    this.#files += 1;
    if (this.#files > limits.maxFiles) {
      this.#partial ??= 'too_many';
      return;
    }
    const path = pathIn(folder, name);
    const known = before.get(path);
    const stats = await lstat(folder.at(name)).catch(() => undefined);
    if (!stats?.isFile()) return;
    const isKnown = known !== undefined && isUntouched(known, stats);
    const read = isKnown ? known : await readEntry({ path, name, folder, stats, known }, this.#options);
    const entry = read ?? known;
    if (entry === undefined) return;
    this.#index.set(path, entry);
    if (entry.why !== undefined) this.#leftOut.add(entry.why, path);
  }

  #mayGoOn(): boolean {
    if (this.#partial === null && this.#options.elapsed() > this.#deadline) this.#partial = 'timeout';
    return this.#partial === null;
  }

  /** A file that is gone was there, if its folder was changed too late, or nobody looked. */
  #keepWhatVanishedSince(): void {
    for (const [path, entry] of this.#options.before) {
      if (this.#index.has(path)) continue;
      if (this.#partial !== null || this.#changedAbove(path) >= this.#options.cutoff())
        this.#index.set(path, entry);
    }
  }

  /** Of the deepest folder above a path that is still there. */
  #changedAbove(path: string): number {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return this.#folderTimes.get(folder) ?? (folder === '' ? 0 : this.#changedAbove(folder));
  }
}

const gone = (workDir: string) =>
  new GatewayError('INVALID_MESSAGE', `the work dir ${workDir} is not there, or leads elsewhere by now`, {
    details: { reason: 'work_dir' },
  });

const pathIn = (folder: { path: string }, name: string): string =>
  folder.path === '' ? name : `${folder.path}/${name}`;

function foldersOf(index: Index): Set<string> {
  const folders = new Set<string>();
  for (const path of index.keys()) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}
