import { access, opendir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';
import type { Clock } from '../ground/clock.ts';
import { isWithin } from '../ground/follow-path.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { type Passage, refusalOf, resolvePassage, type WorkDirRules } from './work-dir.ts';

/** A folder that people look into on their way to a work dir; `path` is the real one. */
export type Folder = Passage & { name: string; isRepository: boolean };

export type FolderListing = Passage & {
  /** The folder around it; null if that is not to be looked into. */
  parent: string | null;
  folders: Folder[];
  /** False if there was more than it looked at. */
  isComplete: boolean;
};

type Look = { path: string; rules: WorkDirRules; clock: Pick<Clock, 'elapsed'> };

const mostNames = 20_000;
const mostFolders = 500;
const longestMs = 300;
/** Then others have their turn. */
const namesAtOnce = 50;
/** Of dependencies: nobody works in there. */
const dependencies = 'node_modules';

/** Made when it is needed: at every start it would take the time to load what ICU knows. */
const byName = () => new Intl.Collator('en', { numeric: true }).compare;

/**
 * The folders in one that lies on the way to work dirs (requirement F1), by name. Left out is what the rules keep agents out
 * of, with all below it, and what has a hidden name; a link stands for where it leads. It looks at so many names and for so
 * long. Throws CONFIG_INVALID if the folder is no such one, or cannot be read.
 */
export async function browseFolders({ path: asked, rules, clock }: Look): Promise<FolderListing> {
  const here = resolvePassage(asked, rules);
  const until = clock.elapsed() + longestMs;
  const folders: Folder[] = [];
  let isComplete = true;
  let seen = 0;
  for await (const entry of await open(here.path)) {
    if (seen === mostNames || folders.length === mostFolders || clock.elapsed() >= until) {
      isComplete = false;
      break;
    }
    seen += 1;
    if (seen % namesAtOnce === 0) await nextRound();
    if (!(entry.isDirectory() || entry.isSymbolicLink()) || isLeftOut(entry.name)) continue;
    const passage = findPassage(join(here.path, entry.name), rules);
    if (!passage || (entry.isSymbolicLink() && leadsToHidden(here.path, passage.path))) continue;
    folders.push(await toFolder(passage, entry.name));
  }
  const compare = byName();
  folders.sort((a, b) => compare(a.name, b.name));
  const above = dirname(here.path);
  const parent = above === here.path ? null : (findPassage(above, rules)?.path ?? null);
  return { ...here, parent, folders, isComplete };
}

/** A folder by its last name, or the one given. */
export async function toFolder(
  passage: Passage,
  name = basename(passage.path) || passage.path,
): Promise<Folder> {
  const isRepository = await access(join(passage.path, '.git')).then(
    () => true,
    () => false,
  );
  return { ...passage, name, isRepository };
}

/** Undefined for what is not to be looked into. */
export function findPassage(path: string, rules: WorkDirRules): Passage | undefined {
  try {
    return resolvePassage(path, rules);
  } catch (error) {
    if (error instanceof GatewayError) return undefined;
    throw error;
  }
}

const open = (path: string) =>
  opendir(path, { bufferSize: namesAtOnce }).catch(() => {
    throw refusalOf('not_a_directory', path);
  });

const isLeftOut = (name: string) => name.startsWith('.') || name === dependencies || /\p{C}/u.test(name);

const leadsToHidden = (from: string, to: string) =>
  (isWithin(from, to) ? relative(from, to) : to).split('/').some((name) => name.startsWith('.'));
