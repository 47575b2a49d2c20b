import { GatewayHttp, type GatewayHttpOptions } from './gateway-http.ts';

/** A file that is other than it was; field names are those of the wire. */
export type ChangedFile = {
  path: string;
  kind: 'added' | 'modified' | 'deleted';
  /** Of its content now; `null` if it is gone, or not held. */
  sha256: string | null;
  /** Lines; `null` for what is no text, is not held, or could not be counted in time. */
  added: number | null;
  removed: number | null;
  /** Whether it can be put back. */
  revertible: boolean;
  /** Whether it is as it was before by now. */
  undone: boolean;
};

/** What the gateway did not look at, and why. */
export type LeftOutFiles = {
  reason: 'ignored' | 'link' | 'special' | 'too_large' | 'full' | 'secret' | 'unreadable';
  count: number;
  examples: string[];
};

export type ChangeList = {
  /** `null` if nothing is known of how the files were. */
  since: string | null;
  files: ChangedFile[];
  /** Names how all files stand; see `RevertOptions.seen`. */
  state: string;
  /** Why not all of the work dir was looked at. */
  partial: 'too_many' | 'timeout' | null;
  left_out: LeftOutFiles[];
  /** Turns that have ended, oldest first, and how many files each changed. */
  turns: { id: string; files: number }[];
};

export type ChangedText = {
  path: string;
  kind: ChangedFile['kind'];
  /** `null` if one is no text, or not held; a side is `null` where there is no file. */
  sides: { before: string | null; after: string | null } | null;
  /** A unified diff. */
  patch: string | null;
};

export type FileText = {
  path: string;
  /** `null` for what is no text. */
  text: string | null;
  /** Bytes. */
  size: number;
  sha256: string | null;
};

/** Why a file was left as it is. */
export type LeftReason = 'changed' | 'edited' | 'link' | 'folder' | 'not_held' | 'protected' | 'failed';

export type RevertOptions = {
  /** `start` of the session, the id of a turn (as it was before it), or the `undo` of an earlier revert. */
  to: string;
  /** Default: all files. */
  path?: string;
  /** The `sha256` of the file as it was seen, or the `state` of all. */
  seen: string | null;
  /** Go on although it is other by now. */
  force?: boolean;
};

export type RevertResult = {
  /** With what each has now; `null`: it is gone. */
  restored: { path: string; kind: ChangedFile['kind']; sha256: string | null }[];
  left: { path: string; reason: LeftReason }[];
  /** What to go back `to` if it was not meant. */
  undo: string;
  state: string;
};

type Place = { since?: string; signal?: AbortSignal };

/** What sessions changed in their work dirs. */
export class ChangesApi {
  readonly #http: GatewayHttp;

  constructor(options: GatewayHttpOptions) {
    this.#http = new GatewayHttp(options);
  }

  /** Since the session began, or in the turn with this id. */
  list(sessionId: string, { since, signal }: Place = {}): Promise<ChangeList> {
    return this.#http.json(pathOf(sessionId), { query: { since }, ...(signal ? { signal } : {}) });
  }

  diff(sessionId: string, path: string, { since, signal }: Place = {}): Promise<ChangedText> {
    return this.#http.json(`${pathOf(sessionId)}/diff`, {
      query: { since, path },
      ...(signal ? { signal } : {}),
    });
  }

  /** A file of the work dir as it is now. */
  content(sessionId: string, path: string, { signal }: Pick<Place, 'signal'> = {}): Promise<FileText> {
    return this.#http.json(`${pathOf(sessionId)}/content`, {
      query: { path },
      ...(signal ? { signal } : {}),
    });
  }

  /** Puts files back as they were. Rejects with AepError if they are other than `seen`. */
  revert(sessionId: string, options: RevertOptions): Promise<RevertResult> {
    return this.#http.json(`${pathOf(sessionId)}/revert`, { method: 'POST', body: options });
  }
}

const pathOf = (sessionId: string) => `/api/sessions/${encodeURIComponent(sessionId)}/changes`;
