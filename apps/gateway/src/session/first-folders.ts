import { homedir } from 'node:os';
import type { Identity } from '../auth/identity.ts';
import { type Folder, findPassage, toFolder } from './browse-folders.ts';
import type { SessionRegistry } from './session-registry.ts';
import type { Passage, WorkDirRules } from './work-dir.ts';

export type FirstFoldersOptions = {
  sessions: Pick<SessionRegistry, 'list'>;
  rules: WorkDirRules;
  defaultWorkDir: string;
};

/** So many of the newest sessions are looked at for so many folders. */
const mostSessions = 100;
const mostRecent = 6;

/** Where this user's sessions worked last, newest first, as far as others may begin there. */
export function recentFolders(
  identity: Identity,
  { sessions, rules }: Omit<FirstFoldersOptions, 'defaultWorkDir'>,
): Promise<Folder[]> {
  const known = new Set(sessions.list(identity, { limit: mostSessions }).map(({ workDir }) => workDir));
  const found = [...known].flatMap((path) => findPassage(path, rules) ?? []);
  return toFolders(found.filter(({ isWorkDir }) => isWorkDir).slice(0, mostRecent));
}

/** Where looking for a work dir begins: what the operator allows, or else the home of the gateway's user and its own work dir. */
export function topFolders({
  rules,
  defaultWorkDir,
}: Omit<FirstFoldersOptions, 'sessions'>): Promise<Folder[]> {
  const paths = rules.allowedDirs.length > 0 ? rules.allowedDirs : [homedir(), defaultWorkDir];
  return toFolders(paths.flatMap((path) => findPassage(path, rules) ?? []));
}

/** Each once. */
function toFolders(passages: readonly Passage[]): Promise<Folder[]> {
  const once = new Map(passages.map((passage) => [passage.path, passage]));
  return Promise.all([...once.values()].map((passage) => toFolder(passage)));
}
