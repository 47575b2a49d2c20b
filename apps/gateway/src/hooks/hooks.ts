import type { HookOutbox, NewHookDelivery } from '../ground/hook-delivery.ts';
import type { HookTarget } from '../settings/hooks-settings.ts';
import { DeliveryQueue, type QueueOptions } from './delivery-queue.ts';
import { type HookEvent, type HookSession, toMessage } from './hook-message.ts';
import type { PushNotices } from './push/push-notices.ts';
import type { SendHook } from './send/send.ts';

export type { HookEvent, HookSession } from './hook-message.ts';

type HooksOptions = Omit<QueueOptions, 'target' | 'send'> & {
  targets: readonly HookTarget[];
  send: SendHook;
  /** Calls people in their browsers. */
  push?: PushNotices | undefined;
};

/**
 * Tells the world outside what happens in sessions. What is to be told is stored together with what happened, and
 * delivered by itself: no session waits for a receiver, and none that was stored is lost (it may come twice).
 */
export class Hooks {
  readonly #targets: readonly { target: HookTarget; kinds: ReadonlySet<string> }[];
  readonly #queues: ReadonlyMap<string, DeliveryQueue>;
  readonly #outbox: HookOutbox;
  readonly #push: PushNotices | undefined;

  constructor({ targets, send, push, ...options }: HooksOptions) {
    this.#targets = targets.map((target) => ({ target, kinds: new Set(target.events) }));
    this.#queues = new Map(
      targets.map((target) => [
        target.name,
        new DeliveryQueue({
          ...options,
          target: target.name,
          send: (delivery) => send(target, delivery),
        }),
      ]),
    );
    this.#push = push;
    this.#outbox = options.outbox;
  }

  /** Goes on with what an earlier gateway did not deliver. */
  start(): void {
    const names = this.#targets.map(({ target }) => target.name);
    this.#outbox.buryStrangers(names, 'there is no such target in the configuration any more');
    for (const queue of this.#queues.values()) queue.wake();
    for (const target of this.#outbox.pushTargets()) this.#push?.wake(target);
  }

  /** What is to be told of these events; to be stored with them. */
  choose(session: HookSession, events: readonly HookEvent[]): NewHookDelivery[] {
    const called = this.#push?.choose(session, events) ?? [];
    const told = this.#targets.flatMap(({ target, kinds }) => {
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
    return [...told, ...called];
  }

  /** These are stored. */
  stored(deliveries: readonly NewHookDelivery[]): void {
    for (const { target } of deliveries) {
      const queue = this.#queues.get(target);
      if (queue) queue.wake();
      else this.#push?.wake(target);
    }
  }

  /** Resolves when the attempts that are being made are over. */
  async close(): Promise<void> {
    await Promise.all([this.#push?.close(), ...[...this.#queues.values()].map((queue) => queue.close())]);
  }
}

function isMeant({ worker_types, owners }: HookTarget, { workerType, ownerId }: HookSession): boolean {
  return (worker_types?.includes(workerType) ?? true) && (owners?.includes(ownerId) ?? true);
}
