import type { Clock, Timer } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { canonicalAddress } from './canonical-address.ts';

export type WaitingRoomLimits = {
  /** How many may be inside. */
  places: number;
  /** How many of them may come from one address. */
  placesPerAddress: number;
};

type Waiting = { address: string; admit(): void; patience: Timer };

const patienceMs = 5_000;
const longestQueue = 1_024;
const longestQueuePerAddress = 256;

/**
 * Where sockets are that have not said who they are (W4): few at a time, and few from one address, so that somebody
 * without a credential cannot keep others out. Two hundred tabs that come back at once are no attack: who finds no place
 * waits a moment for one.
 */
export class WaitingRoom {
  readonly #clock: Clock;
  readonly #limits: WaitingRoomLimits;
  readonly #inside = new Map<string, number>();
  readonly #queue = new Set<Waiting>();
  #size = 0;

  constructor(clock: Clock, limits: WaitingRoomLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** How many are inside. */
  get size(): number {
    return this.#size;
  }

  /** Resolves to the function that gives the place back; it may be called twice. Throws RATE_LIMITED or GATEWAY_OVERLOAD. */
  async enter(peer: string): Promise<() => void> {
    const address = canonicalAddress(peer);
    if (!this.#hasPlace(address)) await this.#wait(address);
    else this.#take(address);
    let isInside = true;
    return () => {
      if (isInside) this.#leave(address);
      isInside = false;
    };
  }

  #hasPlace(address: string): boolean {
    const { places, placesPerAddress } = this.#limits;
    return this.#size < places && (this.#inside.get(address) ?? 0) < placesPerAddress;
  }

  #take(address: string): void {
    this.#size += 1;
    this.#inside.set(address, (this.#inside.get(address) ?? 0) + 1);
  }

  #leave(address: string): void {
    this.#size -= 1;
    const left = (this.#inside.get(address) ?? 1) - 1;
    if (left > 0) this.#inside.set(address, left);
    else this.#inside.delete(address);
    const next = [...this.#queue].find((waiting) => this.#hasPlace(waiting.address));
    next?.admit();
  }

  #wait(address: string): Promise<void> {
    const ofAddress = [...this.#queue].filter((waiting) => waiting.address === address).length;
    if (this.#queue.size >= longestQueue || ofAddress >= longestQueuePerAddress) throw this.#refusal(address);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        address,
        // The place is taken before anybody else can ask for it.
        admit: () => {
          waiting.patience.cancel();
          this.#queue.delete(waiting);
          this.#take(address);
          resolve();
        },
        patience: this.#clock.after(patienceMs, () => {
          this.#queue.delete(waiting);
          reject(this.#refusal(address));
        }),
      };
      this.#queue.add(waiting);
    });
  }

  #refusal(address: string): GatewayError {
    const details = { retry_after_ms: patienceMs };
    return (this.#inside.get(address) ?? 0) >= this.#limits.placesPerAddress
      ? new GatewayError('RATE_LIMITED', 'too many sockets from your address have not sent init', { details })
      : new GatewayError('GATEWAY_OVERLOAD', 'too many sockets have not sent init: try again in a moment', {
          details,
        });
  }
}
