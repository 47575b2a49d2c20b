import type { HookOutbox, NewHookDelivery } from '../ground/hook-delivery.ts';
import type { HookTarget } from '../settings/hooks-settings.ts';
import { DeliveryQueue, type QueueOptions } from './delivery-queue.ts';
import { type HookEvent, type HookSession, toMessage } from './hook-message.ts';

export type { HookEvent, HookSession } from './hook-message.ts';

type HooksOptions = Omit<QueueOptions, 'target'> & { targets: readonly HookTarget[] };

/**
 * Tells the world outside what happens in sessions. What is to be told is stored together with what happened, and
 * delivered by itself: no session waits for a receiver, and none that was stored is lost (it may come twice).
 */
export class Hooks {
  readonly #targets: readonly { target: HookTarget; kinds: ReadonlySet<string> }[];
  readonly #queues: ReadonlyMap<string, DeliveryQueue>;
  readonly #outbox: HookOutbox;

  constructor({ targets, ...options }: HooksOptions) {
    this.#targets = targets.map((target) => ({ target, kinds: new Set(target.events) }));
    this.#queues = new Map(targets.map((target) => [target.name, new DeliveryQueue({ ...options, target })]));
    this.#outbox = options.outbox;
  }

  /** Goes on with what an earlier gateway did not deliver. */
  start(): void {
    const names = this.#targets.map(({ target }) => target.name);
    this.#outbox.buryStrangers(names, 'there is no such target in the configuration any more');
    for (const queue of this.#queues.values()) queue.wake();
  }

  /** What is to be told of these events; to be stored with them. */
  choose(session: HookSession, events: readonly HookEvent[]): NewHookDelivery[] {
    return this.#targets.flatMap(({ target, kinds }) => {
      if (!isMeant(target, session)) return [];
      return events.flatMap((event) =>
        kinds.has(event.type)
          ? {
              ...{ target: target.name, sessionId: session.id, eventId: event.id },
              message: JSON.stringify(toMessage(session, event, target.content)),
            }
          : [],
      );
    });
  }

  /** These are stored. */
  stored(deliveries: readonly NewHookDelivery[]): void {
    for (const { target } of deliveries) this.#queues.get(target)?.wake();
  }

  /** Resolves when the attempts that are being made are over. */
  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }
}

function isMeant({ worker_types, owners }: HookTarget, { workerType, ownerId }: HookSession): boolean {
  return (worker_types?.includes(workerType) ?? true) && (owners?.includes(ownerId) ?? true);
}
