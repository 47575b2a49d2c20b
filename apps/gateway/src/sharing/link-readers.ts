import { tooOften } from '../ground/too-often.ts';
import { LogOutline } from './log-outline.ts';

/** Of one link; who comes then is asked to try again. */
const mostWaiting = 10;
/** What was seen of logs is kept for so many links. */
const mostKept = 200;

type Reader = { waiting: number; last: Promise<unknown>; epoch: string; outline: LogOutline };

/** Who reads through links: of each link one after the other, since a page takes time that all others need, too. */
export class LinkReaders {
  readonly #readers = new Map<string, Reader>();

  /** Does the work when all who came before are done. Throws RATE_LIMITED if too many wait. */
  async inTurn<T>(
    linkId: string,
    work: (outlineOf: (session: { epoch: string }) => LogOutline) => Promise<T>,
  ): Promise<T> {
    const reader = this.#of(linkId);
    if (reader.waiting >= mostWaiting) throw tooOften('many read this link at this moment', 1_000);
    reader.waiting += 1;
    const done = reader.last.then(() => work(({ epoch }) => outlineOf(reader, epoch)));
    reader.last = done.catch(() => undefined);
    try {
      return await done;
    } finally {
      reader.waiting -= 1;
    }
  }

  #of(linkId: string): Reader {
    const known = this.#readers.get(linkId);
    const reader = known ?? { waiting: 0, last: Promise.resolve(), epoch: '', outline: new LogOutline() };
    // Those read longest ago stand first.
    this.#readers.delete(linkId);
    this.#readers.set(linkId, reader);
    if (this.#readers.size > mostKept) this.#forgetOne();
    return reader;
  }

  #forgetOne(): void {
    for (const [id, { waiting }] of this.#readers)
      if (waiting === 0) {
        this.#readers.delete(id);
        return;
      }
  }
}

/** Numbers of another life of the log say nothing of this one. */
function outlineOf(reader: Reader, epoch: string): LogOutline {
  if (reader.epoch !== epoch) reader.outline = new LogOutline();
  reader.epoch = epoch;
  return reader.outline;
}
