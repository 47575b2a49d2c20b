import { digestOf, type FileChange } from './compare.ts';
import { editedBeside } from './edited-beside.ts';
import { findMoment, rangeUntilNow } from './range.ts';
import type { LeftReason } from './restore.ts';
import { reasonToLeave } from './revert.ts';
import type { Look, SessionSnapshots } from './session-snapshots.ts';

type PreviewedFile = Pick<FileChange, 'path' | 'kind'> & {
  /** Whether somebody gave it a content between turns, which would be lost. */
  isEdited: boolean;
  /** Why it would be left as it is; `null`: it goes back. */
  reason: LeftReason | null;
};

export type Preview = {
  /** Names how all files stand; what `revert` takes as seen. */
  state: string;
  partial: Look['partial'];
  files: PreviewedFile[];
};

/** What going back to a moment would do to each file that is other by now. Throws INVALID_MESSAGE. */
export async function preview(own: SessionSnapshots, to: string): Promise<Preview> {
  const look = await own.lookInTurn();
  const { index, lines, partial } = look;
  const edited = editedBeside(lines, findMoment(lines, to), index);
  const { changes } = rangeUntilNow(own, look, to);
  const files = changes.map((change) => ({
    ...{ path: change.path, kind: change.kind },
    isEdited: edited.has(change.path),
    reason: reasonToLeave(change, own.guard) ?? null,
  }));
  return { state: digestOf(index), partial, files };
}
