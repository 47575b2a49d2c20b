import type { Clock, Timer } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { Tally } from '../ground/tally.ts';
import { canonicalAddress } from './canonical-address.ts';

export type WaitingRoomLimits = {
  /** How many may be inside. */
  places: number;
  /** How many of them may come from one address. */
  placesPerAddress: number;
};

type Leave = () => void;
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
  readonly #inside = new Tally();
  readonly #queue = new Set<Waiting>();

  constructor(clock: Clock, limits: WaitingRoomLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** How many are inside. */
  get size(): number {
    return this.#inside.size;
  }

  /** Resolves to the function that gives the place back; it may be called twice. Throws RATE_LIMITED or GATEWAY_OVERLOAD. */
  async enter(peer: string): Promise<Leave> {
    const address = canonicalAddress(peer);
    const leave = this.#hasPlace(address) ? this.#inside.add(address) : await this.#wait(address);
    return () => {
      leave();
      const next = [...this.#queue].find((waiting) => this.#hasPlace(waiting.address));
      next?.admit();
    };
  }

  #hasPlace(address: string): boolean {
    const { places, placesPerAddress } = this.#limits;
    return this.#inside.size < places && this.#inside.of(address) < placesPerAddress;
  }

  #wait(address: string): Promise<Leave> {
    const ofAddress = [...this.#queue].filter((waiting) => waiting.address === address).length;
    if (this.#queue.size >= longestQueue || ofAddress >= longestQueuePerAddress) throw this.#refusal(address);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        address,
        // The place is taken before anybody else can ask for it.
        admit: () => {
          waiting.patience.cancel();
          this.#queue.delete(waiting);
          resolve(this.#inside.add(address));
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
    return this.#inside.of(address) >= this.#limits.placesPerAddress
      ? new GatewayError('RATE_LIMITED', 'too many sockets from your address have not sent init', { details })
      : new GatewayError('GATEWAY_OVERLOAD', 'too many sockets have not sent init: try again in a moment', {
          details,
        });
  }
}
