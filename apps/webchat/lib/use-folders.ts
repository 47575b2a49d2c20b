'use client';
import type { WorkFolder, WorkFolderList } from '@hotplex/client-sdk';
import { useWebChat } from '../components/web-chat-context.tsx';
import type { FolderLook } from './folder-lines.ts';
import { useFetched } from './use-fetched.ts';

/** What the gateway says of folders; undefined until it does. */
export type Folders = { list: WorkFolderList | undefined; recent: readonly WorkFolder[]; error: unknown };

const none: readonly WorkFolder[] = [];

/** The folders in the one that is looked at, and those that were worked in last. Nothing is asked for while nobody looks. */
export function useFolders(look: FolderLook | undefined): Folders {
  const { api } = useWebChat();
  const isOpen = look !== undefined;
  const folder = look?.folder;
  const first = useFetched(
    async (signal) => (isOpen ? api.folders(undefined, { signal }) : undefined),
    String(isOpen),
  );
  const found = useFetched(
    async (signal) => ({ folder, list: folder ? await api.folders(folder, { signal }) : undefined }),
    String(folder),
  );
  const recent = first.value?.recent ?? none;
  if (folder === undefined) return { list: first.value, recent, error: first.error };
  // What is in another folder is not shown for this one.
  return { list: found.value?.folder === folder ? found.value.list : undefined, recent, error: found.error };
}
