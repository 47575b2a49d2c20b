/** A file or folder of a work dir, relative to it. */
export type WorkDirPath = { path: string; kind: 'file' | 'folder' };

/** A file of a work dir as it is now; field names are those of the wire. */
export type WorkDirFile = {
  path: string;
  /** What can be shown of it; `large`: nothing. */
  kind: 'text' | 'image' | 'binary' | 'large';
  /** By what is in it. */
  media_type: string;
  /** Bytes. */
  size: number;
  /** `null` of a file that is too large to be handed out. */
  sha256: string | null;
  /** `null` for what is no text, or large. */
  text: string | null;
};
