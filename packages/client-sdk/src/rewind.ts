import type { ChangedFile, LeftReason, RevertResult } from './changes-api.ts';

/** What going back to before a turn would do; field names are those of the wire. */
export type RewindPreview = {
  /** How many turns would be set aside. */
  turns: number;
  /** Whether the agent can be taken back; if not, since it never can, or since it did not say where it stood. */
  conversation: { possible: boolean; reason: 'agent' | 'unmarked' | null };
  /** `null` if it is not known how the files were. */
  files: {
    /** Names how all files stand; see `RewindOptions.seen`. */
    state: string;
    /** Why not all of the work dir was looked at. */
    partial: 'too_many' | 'timeout' | null;
    changes: RewoundFile[];
  } | null;
};

export type RewoundFile = {
  path: string;
  /** What happened to it since; one that was added is removed. */
  kind: ChangedFile['kind'];
  /** Whether somebody changed it between turns. */
  edited: boolean;
  /** Why it is left as it is; `null`: it goes back. */
  reason: LeftReason | null;
};

export type RewindOptions = {
  turnId: string;
  /** Whether the agent is taken back. Default: no. */
  conversation?: boolean;
  /** Whether files are put back. Default: no. */
  files?: boolean;
  /** The `state` of the files as it was seen; needed for files. */
  seen?: string;
  /** Whether files stay that somebody changed between turns. Default: yes. */
  keepEdited?: boolean;
};

export type RewindResult = {
  /** How many turns were set aside; `null` if the agent was not taken back. */
  turns: number | null;
  /** `null` if no files were put back. */
  files: RevertResult | null;
};
