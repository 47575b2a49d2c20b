import type { NewHookDelivery } from '../../ground/hook-delivery.ts';
import { type PushDevices, pushTarget } from '../../ground/push-device.ts';
import { DeliveryQueue, type QueueOptions } from '../delivery-queue.ts';
import type { HookEvent, HookSession } from '../hook-message.ts';
import { toNotice } from './to-notice.ts';

type NoticesOptions = Omit<QueueOptions, 'target' | 'onEmpty'> & {
  devices: Pick<PushDevices, 'pushDevice' | 'pushDevices'>;
};

/** Calls people who do not look, in the browsers that they chose. Told, stored and tried again like other receivers. */
export class PushNotices {
  readonly #options: NoticesOptions;
  readonly #queues = new Map<string, DeliveryQueue>();
  #closed = false;

  constructor(options: NoticesOptions) {
    this.#options = options;
  }

  /** What is to be told of these events; to be stored with them. */
  choose(session: HookSession, events: readonly HookEvent[]): NewHookDelivery[] {
    const notices = events.flatMap((event) => {
      const notice = toNotice(session, event);
      return notice ? [{ eventId: event.id, message: JSON.stringify(notice) }] : [];
    });
    if (notices.length === 0) return [];
    const { devices, clock } = this.#options;
    return devices
      .pushDevices(session.ownerId)
      .filter(({ expiresAt }) => expiresAt > clock.now())
      .flatMap(({ id }) =>
        notices.map((notice) => ({ target: pushTarget(id), sessionId: session.id, ...notice })),
      );
  }

  /** There may be something for this device. */
  wake(target: string): void {
    if (this.#closed) return;
    const queue = this.#queues.get(target) ?? this.#open(target);
    this.#queues.set(target, queue);
    queue.wake();
  }

  #open(target: string): DeliveryQueue {
    const queue = new DeliveryQueue({
      ...this.#options,
      target,
      onEmpty: () => {
        if (this.#isCalled(target)) return;
        this.#queues.delete(target);
        void queue.close();
      },
    });
    return queue;
  }

  /** Whether there may be something for it some day. */
  #isCalled(target: string): boolean {
    const { devices, clock } = this.#options;
    const device = devices.pushDevice(target.slice(pushTarget('').length));
    return device !== undefined && device.expiresAt > clock.now();
  }

  /** Resolves when the attempts that are being made are over. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }
}
