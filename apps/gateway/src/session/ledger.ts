import { canMove, type InputStatus, type SessionState } from '@hotplex/aep-protocol';
import type { Clock } from '../ground/clock.ts';
import type { GatewayError } from '../ground/gateway-error.ts';
import type { NewHookDelivery } from '../ground/hook-delivery.ts';
import type { Ids } from '../ground/ids.ts';
import type { Logger } from '../ground/logger.ts';
import type { Metrics } from '../ground/metrics.ts';
import type { EventRecord, InputRecord, SessionRecord, SessionStore } from '../store/store.ts';
import type { Audience } from './audience.ts';
import { countStored } from './count-stored.ts';
import { stamp } from './event-log.ts';
import type { Release } from './release.ts';
import type { ToldHooks } from './session-options.ts';
import { Step } from './step.ts';
import type { Subscriber } from './subscriber.ts';
import { Told } from './told.ts';

type LedgerOptions = {
  store: SessionStore;
  /** Lets out what is told. */
  release: Pick<Release, 'after'>;
  /** Who else is told. */
  hooks?: ToldHooks | undefined;
  audience?: Audience | undefined;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  metrics: Metrics;
};

/**
 * What an agent says moves its session in the list no more often, milliseconds: each move rewrites an index of all
 * sessions, which costs as much as the rest of the step.
 */
const moveEveryMs = 1_000;

/** The record of one session and its log: the one place where a step becomes true – numbered, stored, then told. */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #subscribers = new Set<Subscriber>();
  /** The session as others may know it. */
  readonly told: Told;
  #record: SessionRecord;

  constructor(record: SessionRecord, options: LedgerOptions) {
    this.#record = record;
    this.#options = options;
    this.told = new Told(record, options.store);
  }

  /** The newest, for what is decided here. */
  get record(): Readonly<SessionRecord> {
    return this.#record;
  }

  /** Follows the log from now on; call the returned function to stop. */
  attach(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** The session goes on at another gateway. */
  sendAway(reason: GatewayError): void {
    for (const subscriber of [...this.#subscribers]) this.#call(() => subscriber.sendAway?.(reason));
  }

  /**
   * Stores the step as a whole, and tells every follower once it is settled. Throws GatewayError, and then nothing of it
   * happened.
   */
  store(step: Step): void {
    if (step.isEmpty) return;
    const { store, hooks, clock } = this.#options;
    const events = stamp(step.pending, this.#record.lastSeq, this.#options);
    const { session, inputs, interactions, worker, audit, usage } = step;
    const rows = { inputs: [...inputs.values()], interactions: [...interactions.values()] };
    const deliveries = hooks?.choose({ ...this.#record, ...session }, events);
    const now = step.isTalk && !deliveries?.length ? this.#timeOfTalk() : clock.now();
    const change = {
      ...(worker === undefined ? {} : { worker }),
      ...(usage && { usage }),
      ...(deliveries && { deliveries }),
    };
    const before = this.told.before(step);
    store.commit(this.#record.id, { events, session, audit, ...rows, ...change }, now);
    this.told.add(before);
    this.#record = {
      ...this.#record,
      ...session,
      lastSeq: this.#record.lastSeq + events.length,
      updatedAt: now,
    };
    countStored({ step, events, workerType: this.#record.workerType }, this.#options.metrics);
    this.#tellAfter(events, deliveries);
  }

  /** Something happened that nobody is told of: the session is not old (requirement L3). Throws GatewayError. */
  touch(): void {
    const now = this.#options.clock.now();
    const before = this.told.before(new Step());
    this.#options.store.commit(this.#record.id, {}, now);
    this.told.add(before);
    this.#record = { ...this.#record, updatedAt: now };
    this.#tellAfter([]);
  }

  #tellAfter(events: readonly EventRecord[], deliveries?: readonly NewHookDelivery[]): void {
    const record = this.#record;
    this.#options.release.after(() => {
      this.told.tell(record);
      if (deliveries) this.#options.hooks?.stored(deliveries);
      if (events.length === 0) return;
      for (const subscriber of [...this.#subscribers]) this.#call(() => subscriber.deliver(events));
      this.#options.audience?.tell(record, events);
    });
  }

  /** When the session counts as changed by what its agent says now. */
  #timeOfTalk(): number {
    const now = this.#options.clock.now();
    const { updatedAt } = this.#record;
    return now >= updatedAt && now - updatedAt < moveEveryMs ? updatedAt : now;
  }

  /** The step is stored by now: a follower that fails must not make it look as if it were not, or it is stored twice. */
  #call(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#options.logger.error({ session: this.#record.id, error: String(error) }, 'a follower failed');
    }
  }

  /** Moves the session to another state and tells it; an illegal move is logged and not made (rule S1). */
  move(
    step: Step,
    state: SessionState,
    { message, turnId = null }: { message?: string; turnId?: string | null } = {},
  ): void {
    const from = step.session.state ?? this.#record.state;
    if (from === state) return;
    if (!canMove(from, state)) {
      this.#options.logger.error(
        { session: this.#record.id, from, to: state },
        'illegal session move refused',
      );
      return;
    }
    step.session.state = state;
    step.tell({ type: 'state', data: { state, ...(message ? { message } : {}) } }, turnId);
  }

  /** Gives an input another status and tells it (rule I2). */
  settle(
    step: Step,
    input: InputRecord,
    status: InputStatus,
    { reason, turnId }: { reason?: string; turnId?: string } = {},
  ): void {
    step.inputs.set(input.inputId, { ...input, status, turnId: turnId ?? input.turnId });
    const turn = turnId ? { turn_id: turnId } : {};
    step.tell(
      {
        type: 'input.status',
        data: { input_id: input.inputId, status, ...turn, ...(reason ? { reason } : {}) },
      },
      turnId ?? null,
    );
  }

  /** An input as this step leaves it. */
  input(step: Step, inputId: string): InputRecord | undefined {
    return step.inputs.get(inputId) ?? this.#options.store.input(this.#record.id, inputId);
  }
}
