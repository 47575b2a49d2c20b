import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import type { Logger } from '../ground/logger.ts';
import { Blobs, hashOf } from './blobs.ts';
import { readFileClock } from './file-clock.ts';
import type { Guard } from './guard.ts';
import { Room } from './room.ts';
import { type Scan, type ScanOptions, scan } from './scan.ts';
import type { ScanLimits } from './scan-limits.ts';
import { type Snapshot, type SnapshotLine, SnapshotLog } from './snapshot-log.ts';
import { indexAt } from './unfold.ts';

export type SnapshotLimits = ScanLimits & {
  /** Of all that is held for one session. */
  maxSessionBytes: number;
};

export type SnapshotParts = {
  /** Absolute; made when it is needed. */
  folder: string;
  limits: SnapshotLimits;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  /** If not, nothing is ever looked at. */
  isEnabled: boolean;
  /** Whether a file's content is nobody's business, by its absolute path. */
  isSecret(path: string, workDir: string): boolean;
  guard: Guard;
};

export type SessionSnapshotParts = SnapshotParts & {
  /** Nothing is done before it is settled: whoever had this folder earlier is done with it then. */
  after: Promise<unknown>;
};

/** What the work dir is like now, and what was taken down of it before. */
export type Look = Scan & { lines: readonly SnapshotLine[] };

const forEver = Number.POSITIVE_INFINITY;

type Moment = Pick<Snapshot, 'kind' | 'name'>;

/** The snapshots of one session's work dir. One thing is done at a time, in the order in which it was asked for. */
export class SessionSnapshots {
  readonly blobs: Blobs;
  readonly workDir: string;
  readonly guard: Guard;
  readonly #parts: SessionSnapshotParts;
  readonly #log: SnapshotLog;
  #last: Promise<unknown>;
  /** A look that has not begun, and after which nothing was asked for but looks. */
  #nextLook: Promise<Look> | undefined;
  /** When each turn began, by the clock of the file system. */
  readonly #begun: number[] = [];
  #isGone = false;
  /** Whether the last snapshot found no room. */
  #isFull = false;

  constructor(workDir: string, parts: SessionSnapshotParts) {
    const { clock, folder, guard, limits, ids, after } = parts;
    this.workDir = workDir;
    this.guard = guard;
    this.#last = after.catch(() => {});
    this.#parts = parts;
    const room = new Room(folder, limits.maxSessionBytes);
    this.blobs = new Blobs({ folder: join(folder, 'contents'), room, ids });
    this.#log = new SnapshotLog({ path: join(folder, 'snapshots.ndjson'), room, clock });
  }

  /**
   * Takes down how things are when the session begins, without what its first turn does. Resolves once that is done, or
   * has failed.
   */
  start(): Promise<void> {
    return this.#takeLater({ kind: 'start', name: null }, this.#untilNextTurn());
  }

  /** Takes down how things are; what the turn that begins here changes meanwhile is not taken for what was before. */
  begin(turnId: string): void {
    const cutoff = this.#untilNextTurn();
    this.#begun.push(readFileClock(this.#parts.folder));
    void this.#takeLater({ kind: 'turn', name: turnId }, cutoff);
  }

  /** Takes down how a turn leaves things, without what the next one does. */
  end(turnId: string): void {
    void this.#takeLater({ kind: 'turn_end', name: turnId }, this.#untilNextTurn());
  }

  /** Does something when all that was asked for before is done, and nothing else meanwhile. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#nextLook = undefined;
    return this.#queue(work);
  }

  #queue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  /** How things are when it is its turn: one look for all who ask before it begins. */
  lookInTurn(): Promise<Look> {
    if (this.#nextLook) return this.#nextLook;
    const next = this.#queue(() => {
      if (this.#nextLook === next) this.#nextLook = undefined;
      return this.look();
    });
    this.#nextLook = next;
    return next;
  }

  /** How things are now; nothing is taken down. */
  async look(): Promise<Look> {
    const lines = await this.#log.lines();
    const found = await this.#scan(lines, {
      keep: async (content) => hashOf(content),
      cutoff: () => forEver,
    });
    // What was not taken down is not held, however it is.
    if (this.#isFull) {
      const held = indexAt(lines, lines.length - 1);
      for (const [path, now] of found.index)
        if (held.get(path) !== now && now.why === undefined) found.leftOut.add('full', path);
    }
    return { ...found, lines };
  }

  /** Takes down how things are, and says so. Throws INVALID_MESSAGE if there is no room left. */
  async take(moment: Moment, cutoff: () => number = () => forEver): Promise<Look> {
    const lines = await this.#log.lines();
    const at = this.#parts.clock.now();
    const found = await this.#scan(lines, { keep: (content) => this.blobs.put(content), cutoff });
    const { index, partial } = found;
    const snapshot = { ...moment, at, index, partial };
    if (this.#isGone) return { ...found, lines };
    this.#isFull = !(await this.#log.append(snapshot, indexAt(lines, lines.length - 1)));
    if (this.#isFull) throw full();
    return { ...found, lines };
  }

  /** Of what was taken down; nothing is looked at. */
  lines(): Promise<readonly SnapshotLine[]> {
    return this.#log.lines();
  }

  /** Begins with what another session of the same work dir has by now, as far as these turns go; if that is not to be had, anew. */
  startFrom(other: SessionSnapshots, turns?: ReadonlySet<string>): void {
    const copied = other
      .inTurn(() => this.#copyFrom(other, turns))
      .catch((error: unknown) => {
        this.#warn(error, 'the snapshots of the work dir could not be copied to the fork');
        return false;
      });
    // Also for a removal, which must not come before the end of it.
    this.inTurn(() => copied);
    const cutoff = this.#untilNextTurn();
    void this.#later(async () => {
      if (!(await copied)) await this.take({ kind: 'start', name: null }, cutoff);
    });
  }

  /** Forgets everything, also what is being taken down; until it resolves, the folder is nobody else's. */
  remove(): Promise<void> {
    this.#isGone = true;
    return this.inTurn(async () => rmSync(this.#parts.folder, { recursive: true, force: true }));
  }

  /** When the first turn begins that has not begun yet, once it has. */
  #untilNextTurn(): () => number {
    const next = this.#begun.length;
    return () => this.#begun[next] ?? forEver;
  }

  async #copyFrom(other: SessionSnapshots, turns: ReadonlySet<string> | undefined): Promise<boolean> {
    if (this.#isGone) return true;
    // The log comes last: what it names is held then.
    await this.blobs.putAll(other.blobs);
    return this.#log.copyFrom(other.#log, turns);
  }

  #takeLater(moment: Moment, cutoff: () => number): Promise<void> {
    return this.#later(() => this.take(moment, cutoff));
  }

  /** Never rejects. */
  #later(work: () => Promise<unknown>): Promise<void> {
    const done = this.inTurn(async () => {
      if (!this.#isGone) await work();
    });
    return done.catch((error: unknown) => this.#warn(error, 'a snapshot of the work dir could not be taken'));
  }

  #warn(error: unknown, message: string): void {
    this.#parts.logger.warn({ workDir: this.workDir, error: String(error) }, message);
  }

  async #scan(
    lines: readonly SnapshotLine[],
    { keep, cutoff }: Pick<ScanOptions, 'keep' | 'cutoff'>,
  ): Promise<Scan> {
    const { limits, clock, isSecret } = this.#parts;
    return scan({
      ...{
        workDir: this.workDir,
        before: indexAt(lines, lines.length - 1),
        limits,
        cutoff,
        isSecret,
        keep,
      },
      now: () => clock.now(),
      // Nobody wants to know any more, and the removal waits for the end of it.
      elapsed: () => (this.#isGone ? forEver : clock.elapsed()),
    });
  }
}

const full = () =>
  new GatewayError(
    'INVALID_MESSAGE',
    'there is no room left to take down how the files are (snapshots.max_session_size)',
    { details: { reason: 'full' } },
  );
