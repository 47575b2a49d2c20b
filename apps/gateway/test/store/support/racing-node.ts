import { type OpenSharedLog, openSharedLog } from '../../../src/store/postgres/shared-log.ts';
import { stepParts } from '../../../src/store/postgres-store.ts';
import type { SharedOutcome, SharedWrite } from '../../../src/store/shared-log.ts';
import type { SessionStore } from '../../../src/store/store.ts';
import { eventRecords } from './records.ts';
import { create, writes } from './shared-writes.ts';

/** Something that a node does; a session is one of two. */
export type Act =
  | { does: 'append'; count: number }
  | { does: 'claim' | 'release'; session: number }
  | { does: 'move' }
  | { does: 'resend' }
  | { does: 'inherit'; from: number };

type Round = { nodes: readonly RacingNode[]; sessions: readonly string[] };
/** What a node believes of a session that it thinks it has. */
type Belief = { fence: number; number: number; last: number };
/** What came of a write, and the ids of its events: `fence/node/number/seq`. */
type Written = { sessionId: string; ids: string[]; outcome: SharedOutcome };

type Sent = readonly { write: SharedWrite; ids: string[] }[];

const turn = { ownerId: 'alice', workerType: 'demo', model: null, inputTokens: 1, outputTokens: 1 };
const entry = {
  actor: 'alice',
  action: 'permission',
  decision: 'allow',
  reason: null,
  inputHash: null,
} as const;

/** A node that takes sessions and writes to those that it believes to have, without waiting for what comes of it. */
export class RacingNode {
  readonly #name: string;
  readonly #log: OpenSharedLog;
  readonly #store: Pick<SessionStore, 'find'>;
  readonly #beliefs = new Map<string, Belief>();
  #waiting: Promise<Written[]>[] = [];
  #sent: Sent = [];
  #lives = 1;

  constructor({ name, url, store }: { name: string; url: string; store: Pick<SessionStore, 'find'> }) {
    this.#name = name;
    this.#store = store;
    this.#log = openSharedLog({ url, life: this.life, workspace: 'disk', parts: stepParts });
  }

  get life(): string {
    return `${this.#name}/${this.#lives}`;
  }

  async begin(sessionId: string): Promise<void> {
    await this.#log.append(writes(sessionId, 1, [create(sessionId)]));
    this.#beliefs.set(sessionId, { fence: 1, number: 2, last: 0 });
  }

  async play(acts: readonly Act[], round: Round): Promise<void> {
    for (const act of acts) await this.#do(act, round);
  }

  /** What came of all that it wrote since it was asked before. */
  async outcomes(): Promise<Written[]> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#beliefs.clear();
    this.#sent = [];
    return (await Promise.all(waiting)).flat();
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  async #do(act: Act, { nodes, sessions }: Round): Promise<void> {
    const { owners } = this.#log;
    if (act.does === 'append') return this.#append(act.count);
    // As it does when it was not answered.
    if (act.does === 'resend') return this.#send(this.#sent);
    if (act.does === 'move') {
      const before = this.life;
      this.#lives += 1;
      await owners.move(before, this.life);
      return;
    }
    if (act.does === 'inherit') {
      const from = nodes[act.from];
      if (!from || from === this) return;
      await owners.inherit(from.life, this.life);
      for (const id of sessions) await this.#look(id);
      return;
    }
    const id = sessions[act.session] ?? '';
    const { owner } = await owners.standing(id);
    if (!owner) return;
    if (act.does === 'release') return await owners.release(id, owner);
    const claimed = await owners.claim(id, { life: this.life, workspace: 'disk', before: owner });
    if (claimed) this.#believe(id, claimed.fence);
  }

  async #look(id: string): Promise<void> {
    const { owner } = await this.#log.owners.standing(id);
    if (owner?.life === this.life && owner.fence !== this.#beliefs.get(id)?.fence)
      this.#believe(id, owner.fence);
  }

  #believe(id: string, fence: number): void {
    this.#beliefs.set(id, { fence, number: 1, last: this.#store.find(id)?.lastSeq ?? 0 });
  }

  /** To all sessions that it believes to have, in one call. */
  #append(count: number): void {
    const all = [...this.#beliefs].map(([sessionId, belief]) => {
      const { fence, number, last } = belief;
      const events = eventRecords(last + 1, last + count).map((event) => ({
        ...event,
        id: `${fence}/${this.#name}/${number}/${event.seq}`,
      }));
      belief.number += 1;
      belief.last += count;
      const besides = {
        usage: { ...turn, costUsd: null, workMs: 1 },
        audit: [{ ...entry, sessionId, rules: [] }],
      };
      const change = { kind: 'commit', now: 2_000, commit: { events, ...besides } } as const;
      return { write: { sessionId, fence, number, ...change }, ids: events.map(({ id }) => id) };
    });
    this.#send(all);
  }

  #send(sent: Sent): void {
    this.#sent = sent;
    const answered = this.#log.append(sent.map(({ write }) => write));
    this.#waiting.push(
      answered.then((outcomes) =>
        sent.map(({ write: { sessionId }, ids }, index) => ({
          ...{ sessionId, ids, outcome: outcomes[index] ?? 'refused' },
        })),
      ),
    );
  }
}
