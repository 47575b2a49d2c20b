import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { GatewayError } from '../ground/gateway-error.ts';
import { digestOf, type FileChange } from './compare.ts';
import { isSame } from './entry.ts';
import type { LeftOut } from './left-out.ts';
import { LineCountCache, sideOf } from './line-counts.ts';
import { type Preview, preview } from './preview.ts';
import { rangeOf, refusal } from './range.ts';
import { readFile, type WorkDirFile } from './read-file.ts';
import { readReal } from './restore.ts';
import { type Reverted, type RevertRequest, reasonToLeave, revert } from './revert.ts';
import { type Look, SessionSnapshots, type SnapshotParts } from './session-snapshots.ts';
import { type LineCounts, textOf, unifiedDiff } from './text-diff.ts';
import { type TurnChanges, turnsOf } from './unfold.ts';

export type { WorkDirFile } from './read-file.ts';
export type { Reverted, RevertRequest } from './revert.ts';
export type { SnapshotLimits } from './session-snapshots.ts';

/** Whose work dir it is. */
export type Watched = { readonly id: string; readonly workDir: string };

export type ChangedFile = Pick<FileChange, 'path' | 'kind'> & {
  /** `null` for what is no text, is not held, or could not be counted in time. */
  lines: LineCounts | null;
  /** Of its content now; `null` if it is gone, or not held. */
  sha256: string | null;
  /** Whether it can be put back. */
  isRevertible: boolean;
  /** Whether it is as it was before by now. */
  isUndone: boolean;
};

export type Changes = {
  /** When that was taken down with which they are compared, Unix milliseconds; `null` if nothing was. */
  since: number | null;
  files: ChangedFile[];
  /** Names how all files stand. */
  state: string;
  partial: Look['partial'];
  leftOut: LeftOut[];
  /** Turns that have ended, oldest first. */
  turns: TurnChanges[];
};

export type FileDiff = Pick<FileChange, 'path' | 'kind'> & {
  /** Texts; `null` for a file that is not there. Undefined if one is no text, or is not held. */
  sides: { before: string | null; after: string | null } | undefined;
  /** A unified diff of them. */
  patch: string | null;
};

export type FileContent = {
  path: string;
  /** `null` for what is no text. */
  text: string | null;
  /** Bytes. */
  size: number;
  sha256: string | null;
};

/**
 * What sessions change in their work dirs, since they began and turn by turn, with or without a version control of their
 * own. It reads and writes plain files of the work dir only, and touches nothing of git.
 */
export class Snapshots {
  readonly #parts: SnapshotParts;
  readonly #sessions = new Map<string, SessionSnapshots>();
  /** Of sessions that are being forgotten, by id. */
  readonly #removals = new Map<string, Promise<void>>();
  readonly #counts = new LineCountCache();

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
  }

  /** The session begins. */
  start(session: Watched): Promise<void> | undefined {
    if (!this.#parts.isEnabled) return undefined;
    return this.#of(session).start();
  }

  /** A turn begins: to be called before its prompt goes to the agent, which need not wait. */
  beginTurn(session: Watched, turnId: string): void {
    if (!this.#parts.isEnabled) return;
    this.#of(session).begin(turnId);
  }

  endTurn(session: Watched, turnId: string): void {
    if (!this.#parts.isEnabled) return;
    this.#of(session).end(turnId);
  }

  /** Since `start`, or in a turn. Throws INVALID_MESSAGE for one of which nothing is known. */
  async changes(session: Watched, since: string): Promise<Changes> {
    const own = this.#enabled(session);
    const look = await own.lookInTurn();
    const { lines, leftOut, partial, index } = look;
    const turns = turnsOf(lines, own.guard);
    const about = { state: digestOf(index), partial, leftOut: leftOut.all, turns };
    if (lines.length === 0) return { since: null, files: [], ...about };
    const { since: at, changes, contentOf } = rangeOf(own, look, since);
    const elapsed = () => this.#parts.clock.elapsed();
    const counts = await this.#counts.ofAll(changes, { contentOf, elapsed });
    const files: ChangedFile[] = [];
    for (const [each, change] of changes.entries()) {
      files.push({
        ...{ path: change.path, kind: change.kind },
        isRevertible: reasonToLeave(change, own.guard) === undefined,
        lines: counts[each] ?? null,
        sha256: index.get(change.path)?.sha256 ?? null,
        isUndone: isSame(change.before, index.get(change.path)),
      });
      // To judge the names of thousands takes so long that everybody else would notice.
      if (each % 100 === 99) await nextTurn();
    }
    return { since: at, files, ...about };
  }

  /** Throws INVALID_MESSAGE for a file that is not changed. */
  async diff(session: Watched, { since, path }: { since: string; path: string }): Promise<FileDiff> {
    const own = this.#enabled(session);
    const { changes, contentOf } = rangeOf(own, await own.lookInTurn(), since);
    const change = changes.find((each) => each.path === path);
    if (!change) throw refusal('unchanged', `${path} is not changed`);
    const { kind } = change;
    const before = sideOf(path, change.before, contentOf.before);
    const after = sideOf(path, change.after, contentOf.after);
    if (before === undefined || after === undefined) return { path, kind, sides: undefined, patch: null };
    return { path, kind, sides: { before, after }, patch: unifiedDiff(path, before, after) };
  }

  /** A file of the work dir as it is now, if it is covered. Throws INVALID_MESSAGE. */
  async content(session: Watched, path: string): Promise<FileContent> {
    const own = this.#enabled(session);
    const found = (await own.lookInTurn()).index.get(path);
    if (!found) throw refusal('not_covered', `${path} is no file that is shown here`);
    const { size, sha256, why } = found;
    if (why !== undefined && why !== 'full') throw refusal(why, `${path} is not shown: ${why}`);
    const { maxFileBytes: maxBytes } = this.#parts.limits;
    const content = readReal({ workDir: own.workDir, path, maxBytes });
    if (!content) throw refusal('not_covered', `${path} is not there any more, or too large by now`);
    return { path, size, sha256, text: textOf(content) ?? null };
  }

  /** Any plain file of the work dir as it is now; see `readFile`. It needs no snapshots. */
  file({ workDir }: Watched, path: string): WorkDirFile {
    return readFile({ workDir, path, isSecret: this.#parts.isSecret });
  }

  /** What putting all files back would do; see `preview`. */
  async preview(session: Watched, to: string): Promise<Preview> {
    return preview(this.#enabled(session), to);
  }

  /** Puts files back as they were; see `revert`. */
  revert(session: Watched, request: RevertRequest): Promise<Reverted> {
    const own = this.#enabled(session);
    return own.inTurn(() => revert(own, request, this.#parts.ids));
  }

  /** The session begins with the snapshots of another, or with those of these turns, if they are of the same work dir; else anew. */
  copyAll(from: Watched, to: Watched, turns?: ReadonlySet<string>): void {
    if (!this.#parts.isEnabled) return;
    if (from.workDir === to.workDir) this.#of(to).startFrom(this.#of(from), turns);
    else void this.start(to);
  }

  /** Forgets a session. One that takes its id meanwhile begins anew, once this is done. */
  async removeAll(id: string): Promise<void> {
    const removal = this.#sessions.get(id)?.remove() ?? this.#removals.get(id);
    if (!removal) return rmSync(join(this.#parts.folder, id), { recursive: true, force: true });
    this.#sessions.delete(id);
    this.#removals.set(id, removal);
    try {
      await removal;
    } finally {
      if (this.#removals.get(id) === removal) this.#removals.delete(id);
    }
  }

  /** Resolves when all that was asked for is done. */
  async settled(): Promise<void> {
    const queues = [...this.#sessions.values()].map((own) => own.inTurn(async () => {}));
    await Promise.allSettled([...queues, ...this.#removals.values()]);
  }

  #enabled(session: Watched): SessionSnapshots {
    if (this.#parts.isEnabled) return this.#of(session);
    throw new GatewayError(
      'NOT_SUPPORTED',
      'this gateway takes no snapshots of work dirs (snapshots.enabled)',
    );
  }

  #of({ id, workDir }: Watched): SessionSnapshots {
    const known = this.#sessions.get(id);
    if (known) return known;
    const folder = join(this.#parts.folder, id);
    const after = this.#removals.get(id) ?? Promise.resolve();
    const own = new SessionSnapshots(workDir, { ...this.#parts, folder, after });
    this.#sessions.set(id, own);
    return own;
  }
}
