import type { Identity } from '../auth/identity.ts';
import type { SessionNotice } from '../ground/session-notice.ts';
import type { EventRecord, SessionRecord } from '../store/store.ts';
import { mayUse } from './session-scope.ts';

type Hear = (record: Readonly<SessionRecord>, firstSeq: number) => void;

/** Of a cluster: what happens in sessions of other nodes, and who there hears of ours. */
export type OtherNodes = {
  notices: {
    want(ownerId: string): () => void;
    note(notice: SessionNotice): void;
    onNotice(heard: (notice: SessionNotice) => void): void;
  };
  /** A session as all nodes know it. */
  find(id: string): Readonly<SessionRecord> | undefined;
};

/** Those who hear of all sessions that they may use, also of such as are opened later, at whichever node. */
export class Audience {
  readonly #listeners = new Set<{ identity: Identity; hear: Hear }>();
  readonly #others: OtherNodes | undefined;

  constructor(others?: OtherNodes) {
    this.#others = others;
    others?.notices.onNotice((notice) => {
      // It is what that node had of it.
      const record = (notice.deleted as SessionRecord | undefined) ?? others.find(notice.id);
      if (record) this.#tell(record, notice.firstSeq);
    });
  }

  /**
   * `hear` is called after events are stored, with the number of the first of them; it must not throw. Returns what ends
   * it.
   */
  join(identity: Identity, hear: Hear): () => void {
    const listener = { identity, hear };
    this.#listeners.add(listener);
    const stopWanting = this.#others?.notices.want(identity.subject);
    return () => {
      this.#listeners.delete(listener);
      stopWanting?.();
    };
  }

  tell(record: Readonly<SessionRecord>, [first]: readonly EventRecord[]): void {
    if (!first) return;
    this.#tell(record, first.seq);
    const { id, ownerId, state } = record;
    this.#others?.notices.note({
      ...{ id, ownerId, firstSeq: first.seq },
      ...(state === 'deleted' && { deleted: { ...record, config: {} } }),
    });
  }

  #tell(record: Readonly<SessionRecord>, firstSeq: number): void {
    for (const { identity, hear } of this.#listeners) if (mayUse(identity, record)) hear(record, firstSeq);
  }
}
