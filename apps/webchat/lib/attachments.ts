import type { FilesApi, UploadedFile } from '@hotplex/client-sdk';
import { newInputId } from './new-input-id.ts';
import { createObservable, type Observable, type WritableObservable } from './observable.ts';

/** A file that is to go with the next message. */
export type Attachment = {
  key: string;
  name: string;
  /** Bytes. */
  size: number;
  /** Address of a picture of it, within this page; undefined for what is no picture. */
  preview: string | undefined;
} & ({ state: 'uploading' } | { state: 'ready'; file: UploadedFile } | { state: 'failed'; error: unknown });

/** The files that wait for the next message of each session; they are uploaded at once and outlive a visit elsewhere. */
export type Attachments = {
  of: (sessionId: string) => Observable<readonly Attachment[]>;
  add: (sessionId: string, files: readonly File[]) => void;
  remove: (sessionId: string, key: string) => void;
  /** Takes those out that have arrived; the function puts them back. */
  take: (sessionId: string) => { files: UploadedFile[]; putBack: () => void };
};

type Options = {
  api: Pick<FilesApi, 'upload' | 'remove'>;
  /** Makes an address of a file for this page, and forgets it. */
  objectUrls: { create: (file: Blob) => string; forget: (url: string) => void };
};

export function createAttachments({ api, objectUrls }: Options): Attachments {
  const bySession = new Map<string, WritableObservable<readonly Attachment[]>>();
  const uploads = new Map<string, AbortController>();
  const of = (sessionId: string) => {
    const known = bySession.get(sessionId) ?? createObservable<readonly Attachment[]>([]);
    bySession.set(sessionId, known);
    return known;
  };

  const upload = async (sessionId: string, key: string, file: File) => {
    const abort = new AbortController();
    uploads.set(key, abort);
    const outcome = await api.upload(sessionId, file, { signal: abort.signal }).then(
      (uploaded) => ({ state: 'ready' as const, file: uploaded }),
      (error: unknown) => ({ state: 'failed' as const, error }),
    );
    uploads.delete(key);
    const list = of(sessionId);
    const isWanted = list.get().some((each) => each.key === key);
    if (!isWanted && outcome.state === 'ready') void api.remove(sessionId, outcome.file.id).catch(() => {});
    list.set(list.get().map((each) => (each.key === key ? { ...each, ...outcome } : each)));
  };

  return {
    of,
    add(sessionId, files) {
      const list = of(sessionId);
      for (const file of files) {
        const key = newInputId();
        const preview = file.type.startsWith('image/') ? objectUrls.create(file) : undefined;
        list.set([...list.get(), { key, name: file.name, size: file.size, preview, state: 'uploading' }]);
        void upload(sessionId, key, file);
      }
    },
    remove(sessionId, key) {
      const list = of(sessionId);
      const found = list.get().find((each) => each.key === key);
      list.set(list.get().filter((each) => each.key !== key));
      uploads.get(key)?.abort();
      if (found?.preview !== undefined) objectUrls.forget(found.preview);
      // Nobody can name it any more; if this fails it goes with its session.
      if (found?.state === 'ready') void api.remove(sessionId, found.file.id).catch(() => {});
    },
    take(sessionId) {
      const list = of(sessionId);
      const all = list.get();
      const taken = all.filter((each) => each.state === 'ready');
      list.set(all.filter((each) => each.state !== 'ready'));
      return {
        files: taken.map(({ file }) => file),
        putBack: () => list.set([...taken, ...list.get()]),
      };
    },
  };
}
