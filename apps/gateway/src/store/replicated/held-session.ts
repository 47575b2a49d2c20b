import type { GatewayError } from '../../ground/gateway-error.ts';

type Listener = { number: number; told(refusal?: GatewayError): void };

/** A session that this node works for: what it wrote to it, and how much of that is in the shared database. */
export class HeldSession {
  readonly sessionId: string;
  /** With which the shared database knows this owner. */
  readonly fence: number;
  /** Events before this number are in the shared database only. */
  readonly firstHere: number;
  /** The first number of the whole log; undefined: it begins here. */
  readonly firstOfAll: number | undefined;
  readonly #listeners: Listener[] = [];
  #written = 0;
  #settled = 0;

  constructor(
    sessionId: string,
    fence: number,
    { firstHere = 1, firstOfAll }: { firstHere?: number; firstOfAll?: number | undefined } = {},
  ) {
    this.sessionId = sessionId;
    this.fence = fence;
    this.firstHere = firstHere;
    this.firstOfAll = firstOfAll;
  }

  get isSettled(): boolean {
    return this.#settled === this.#written;
  }

  /** The number of a write that is made now. */
  next(): number {
    this.#written += 1;
    return this.#written;
  }

  /** See `SessionStore.awaitSettled`. */
  listen(told: Listener['told']): boolean {
    if (this.isSettled) return false;
    this.#listeners.push({ number: this.#written, told });
    return true;
  }

  /** All up to this write is in the shared database. */
  settle(number: number): void {
    this.#settled = number;
    for (let first = this.#listeners[0]; first && first.number <= number; first = this.#listeners[0]) {
      this.#listeners.shift();
      first.told();
    }
  }

  /** Nothing of what is not settled will be. */
  lose(reason: GatewayError): void {
    for (const { told } of this.#listeners.splice(0)) told(reason);
  }
}
