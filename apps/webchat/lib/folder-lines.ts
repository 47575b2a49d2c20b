import type { WorkFolder, WorkFolderList } from '@hotplex/client-sdk';

/** What is looked at: a folder, or without one where looking begins; `typed` is a part of the names that are wanted. */
export type FolderLook = {
  folder: string | undefined;
  typed: string;
  /** Whether it has only just been opened: then what was worked in last comes first. */
  isFirst: boolean;
};

/** One line of the list; without a path it leads to where looking begins. */
export type FolderLine = { kind: 'up' | 'recent' | 'folder'; path: string | undefined; folder?: WorkFolder };

/** Where a path that is being typed has come to. */
export function lookAt(text: string): FolderLook {
  const path = text.trim();
  if (path === '~') return { folder: path, typed: '', isFirst: false };
  const cut = path.lastIndexOf('/');
  if (cut < 0) return { folder: undefined, typed: path, isFirst: false };
  return { folder: path.slice(0, cut) || '/', typed: path.slice(cut + 1), isFirst: false };
}

/** A folder as the beginning of a path, for its next name to be typed. */
export const asPrefix = (path: string) => (path.endsWith('/') ? path : `${path}/`);

/** What can be chosen: the way up, what was worked in last, and the folders with these letters in their name, likely ones first. */
export function folderLines(
  { folder, typed, isFirst }: FolderLook,
  { list, recent }: { list: WorkFolderList | undefined; recent: readonly WorkFolder[] },
): FolderLine[] {
  const wanted = typed.toLowerCase();
  const begins = ({ name }: WorkFolder) => name.toLowerCase().startsWith(wanted);
  const named = list?.folders.filter(({ name }) => name.toLowerCase().includes(wanted)) ?? [];
  const likely = [...named.filter(begins), ...named.filter((found) => !begins(found))];
  const last = isFirst || folder === undefined ? recent : [];
  return [
    ...(folder === undefined ? [] : [{ kind: 'up', path: list?.parent ?? undefined } as const]),
    ...last
      .filter(({ path }) => path.toLowerCase().includes(wanted))
      .map((found) => ({ kind: 'recent', path: found.path, folder: found }) as const),
    ...likely.map((found) => ({ kind: 'folder', path: found.path, folder: found }) as const),
  ];
}

/** The line that Enter takes before any is chosen: the likeliest for what was typed, unless that is a whole name already. */
export function likeliest(lines: readonly FolderLine[], { typed }: FolderLook): number | undefined {
  if (typed === '' || lines.some(({ folder }) => folder?.name === typed)) return undefined;
  const found = lines.findIndex(({ kind }) => kind !== 'up');
  return found < 0 ? undefined : found;
}
