import type { InputStatus } from '@hotplex/aep-protocol';
import { requireNextSeq } from './storage-error.ts';
import type {
  Commit,
  CredentialStore,
  EventRecord,
  InputRecord,
  InteractionRecord,
  RefreshRecord,
  SessionQuery,
  SessionRecord,
  SessionStore,
} from './store.ts';

type Entry = {
  record: SessionRecord;
  events: EventRecord[];
  inputs: Map<string, InputRecord>;
  interactions: Map<string, InteractionRecord>;
};

/** The same contract without a disk: for tests and for gateways that shall forget. */
export class MemoryStore implements SessionStore, CredentialStore {
  readonly #sessions = new Map<string, Entry>();
  readonly #refresh = new Map<string, RefreshRecord>();
  readonly #revoked = new Map<string, number>();

  create(record: SessionRecord, commit: Commit = {}): void {
    this.#sessions.set(record.id, { record, events: [], inputs: new Map(), interactions: new Map() });
    this.commit(record.id, commit, record.updatedAt);
  }

  find(id: string): SessionRecord | undefined {
    return this.#sessions.get(id)?.record;
  }

  list({ ownerId, state, limit, before }: SessionQuery): SessionRecord[] {
    return [...this.#sessions.values()]
      .map(({ record }) => record)
      .filter((record) => ownerId === undefined || record.ownerId === ownerId)
      .filter((record) => state === undefined || record.state === state)
      .sort(newestFirst)
      .filter((record) => before === undefined || newestFirst(before, record) < 0)
      .slice(0, limit);
  }

  commit(
    sessionId: string,
    { events = [], session = {}, inputs = [], interactions = [] }: Commit,
    now: number,
  ): void {
    const entry = this.#sessions.get(sessionId);
    if (!entry) return;
    events.forEach((event, index) => {
      requireNextSeq(entry.record.lastSeq + index + 1, event.seq);
    });
    entry.events.push(...events);
    for (const input of inputs) entry.inputs.set(input.inputId, input);
    for (const row of interactions) entry.interactions.set(row.id, row);
    entry.record = {
      ...entry.record,
      ...session,
      lastSeq: entry.record.lastSeq + events.length,
      updatedAt: now,
    };
  }

  events(sessionId: string, after: number, limit: number): EventRecord[] {
    const events = this.#sessions.get(sessionId)?.events ?? [];
    return events.slice(after, after + limit);
  }

  oldestSeq(): number {
    return 1;
  }

  input(sessionId: string, inputId: string): InputRecord | undefined {
    return this.#sessions.get(sessionId)?.inputs.get(inputId);
  }

  inputs(sessionId: string, statuses: readonly InputStatus[]): InputRecord[] {
    return [...(this.#sessions.get(sessionId)?.inputs.values() ?? [])].filter(({ status }) =>
      statuses.includes(status),
    );
  }

  interaction(sessionId: string, id: string): InteractionRecord | undefined {
    return this.#sessions.get(sessionId)?.interactions.get(id);
  }

  openInteractions(sessionId: string): InteractionRecord[] {
    return [...(this.#sessions.get(sessionId)?.interactions.values() ?? [])].filter(
      ({ status }) => status === 'open',
    );
  }

  remove(sessionId: string): void {
    this.#sessions.delete(sessionId);
  }

  saveRefresh(record: RefreshRecord): void {
    this.#refresh.set(record.digest, record);
  }

  takeRefresh(digest: string): RefreshRecord | undefined {
    const record = this.#refresh.get(digest);
    this.#refresh.delete(digest);
    return record;
  }

  revokeToken(jti: string, expiresAt: number): void {
    this.#revoked.set(jti, expiresAt);
  }

  isRevoked(jti: string): boolean {
    return this.#revoked.has(jti);
  }

  sweepCredentials(now: number): void {
    for (const [digest, { expiresAt }] of this.#refresh) if (expiresAt < now) this.#refresh.delete(digest);
    for (const [jti, expiresAt] of this.#revoked) if (expiresAt < now) this.#revoked.delete(jti);
  }

  close(): void {}
}

type Place = { updatedAt: number; id: string };

function newestFirst(a: Place, b: Place): number {
  return b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}
