import { z } from 'zod';
import type { Clock, Timer } from '../ground/clock.ts';
import { type SessionNotice, sessionNotice } from '../ground/session-notice.ts';
import { Tally } from '../ground/tally.ts';
import type { Bus } from './bus.ts';

type SessionNoticesOptions = { bus: Pick<Bus, 'tell' | 'onTold'>; clock: Clock };

const topic = 'session-notices';
const wantedTopic = 'session-notices-wanted';
/** How often a node says whose sessions it wants to hear of, and how long the others remember that, milliseconds. */
const wantEveryMs = 5_000;
const wantedMs = 15_000;
/** What happens in a session meanwhile is one notice, milliseconds. */
const gatherMs = 100;
/** Users or sessions that are told of at once. */
const most = 16;

const wanted = z.array(z.string());
const notices = z.array(sessionNotice);

/**
 * What happens in the sessions of other nodes, for clients that hear of all of theirs at whichever node they are. Only what
 * somebody wants to hear is told, and a notice that is lost is made up for by the next one.
 */
export class SessionNotices {
  readonly #options: SessionNoticesOptions;
  /** How many here want to hear of the sessions of a user. */
  readonly #here = new Tally();
  /** Until when others want to. */
  readonly #elsewhere = new Map<string, number>();
  readonly #gathered = new Map<string, SessionNotice>();
  readonly #heard = new Set<(notice: SessionNotice) => void>();
  #wanting: Timer | undefined;
  #gathering: Timer | undefined;

  constructor(options: SessionNoticesOptions) {
    this.#options = options;
    const { bus } = options;
    bus.onTold(wantedTopic, (data) => this.#hearWanted(data));
    bus.onTold(topic, (data) => this.#hear(data));
  }

  onNotice(heard: (notice: SessionNotice) => void): void {
    this.#heard.add(heard);
  }

  /** Somebody here wants to hear of all sessions of a user; returns what ends it. */
  want(ownerId: string): () => void {
    const end = this.#here.add(ownerId);
    if (this.#here.of(ownerId) === 1) this.#tell(wantedTopic, [ownerId]);
    this.#wanting ??= this.#wantLater();
    return end;
  }

  /** Something happened in a session of this node. */
  note(notice: SessionNotice): void {
    const { clock } = this.#options;
    if ((this.#elsewhere.get(notice.ownerId) ?? 0) <= clock.elapsed()) return;
    const firstSeq = this.#gathered.get(notice.id)?.firstSeq ?? notice.firstSeq;
    this.#gathered.set(notice.id, { ...notice, firstSeq });
    this.#gathering ??= clock.after(gatherMs, () => this.#tellGathered());
  }

  close(): void {
    this.#wanting?.cancel();
    this.#gathering?.cancel();
  }

  #wantLater(): Timer {
    return this.#options.clock.after(wantEveryMs, () => {
      this.#tellAll(wantedTopic, [...this.#here.counts.keys()]);
      this.#wanting = this.#here.size > 0 ? this.#wantLater() : undefined;
    });
  }

  #tellGathered(): void {
    this.#gathering = undefined;
    const all = [...this.#gathered.values()];
    this.#gathered.clear();
    this.#tellAll(topic, all);
  }

  #tellAll(about: string, all: readonly unknown[]): void {
    for (let from = 0; from < all.length; from += most) this.#tell(about, all.slice(from, from + most));
  }

  #tell(about: string, what: readonly unknown[]): void {
    this.#options.bus.tell(about, JSON.stringify(what));
  }

  /** NOTE: what is heard is sealed with the cluster's secret; a node of another version may say something else. */
  #hearWanted(data: string): void {
    const now = this.#options.clock.elapsed();
    for (const [ownerId, until] of this.#elsewhere) if (until <= now) this.#elsewhere.delete(ownerId);
    for (const ownerId of wanted.safeParse(JSON.parse(data)).data ?? [])
      this.#elsewhere.set(ownerId, now + wantedMs);
  }

  #hear(data: string): void {
    for (const notice of notices.safeParse(JSON.parse(data)).data ?? [])
      if (this.#here.of(notice.ownerId) > 0) for (const heard of this.#heard) heard(notice);
  }
}
