import { type ServerEnvelope, shouldReconnect } from '@hotplex/aep-protocol';
import { AepError } from './aep-error.ts';
import { type Backoff, backoffDelay } from './backoff.ts';
import { systemClock } from './client-clock.ts';
import type { AepClientOptions } from './client-options.ts';
import type { ConnectionState } from './connection-state.ts';
import { Socket } from './socket.ts';
import { traceHeaders } from './traceparent.ts';
import { platformWebSocket, socketUrl } from './web-socket.ts';

type LinkEvents = {
  /** A socket is open: the first frame on it, with this credential. */
  hello(token: string | undefined): string;
  /** The frame that brings a fresh credential. */
  reauth(token: string): string;
  onEnvelope(envelope: ServerEnvelope): void;
  /** A frame of a kind that this client does not know, by its number. */
  onUnknown(seq: number): void;
  /** The socket went quiet: ask whether somebody is there. */
  onQuiet(): void;
  onState(state: ConnectionState): void;
};

const defaultReconnect: Backoff = { minMs: 250, maxMs: 10_000 };
const defaultQuietMs = 25_000;

/** The way to the gateway, over as many sockets as it takes: credentials, delays, and the end told once. */
export class Link {
  readonly #options: AepClientOptions;
  readonly #events: LinkEvents;
  #state: ConnectionState = { status: 'idle' };
  #socket: Socket | undefined;
  #cancelRetry: () => void = () => {};
  #askedForDelayMs: number | undefined;
  #wasGreeted = false;
  #triedFreshToken = false;

  constructor(options: AepClientOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get isReady(): boolean {
    return this.#state.status === 'ready';
  }

  /** Why nothing can be sent any more. */
  get closedError(): AepError {
    const cause = this.#state.status === 'closed' ? this.#state.cause : null;
    return cause ?? new AepError({ code: 'CLIENT_CLOSED', message: 'the client is closed' });
  }

  /** Connects, if nobody has yet. */
  open(): void {
    if (this.#state.status !== 'idle') return;
    this.#move({ status: 'connecting' });
    void this.#dial(1);
  }

  send(frame: string): void {
    this.#socket?.send(frame);
  }

  /** The gateway took the handshake. */
  greeted(): void {
    this.#wasGreeted = true;
    this.#triedFreshToken = false;
    this.#move({ status: 'ready' });
  }

  /** The gateway refused the handshake: for good, unless trying again or a fresh credential may help. */
  refused(error: AepError): void {
    if (error.code === 'UNAUTHORIZED' && this.#mayTryFreshToken()) this.#triedFreshToken = true;
    else if (!error.retryable) this.shut(error);
    this.drop(error.code);
  }

  /** Gives this socket up and comes back on another one. */
  drop(reason: string): void {
    this.#socket?.close(1006, reason);
  }

  /** The gateway asks to come back after so many milliseconds. */
  comeBackAfter(delayMs: number | undefined): void {
    this.#askedForDelayMs = delayMs;
  }

  /** Brings a fresh credential before the old one's grace is over; without one the gateway closes, and we come back. */
  async reauthenticate(): Promise<void> {
    const { auth } = this.#options;
    if (typeof auth !== 'function') return;
    try {
      this.send(this.#events.reauth(await auth()));
    } catch {
      // NOTE: the next connection asks again, and tells if there is none to be had.
    }
  }

  /** Ends it for good. Safe to call twice. */
  shut(cause: AepError | null): void {
    if (this.#state.status === 'closed') return;
    this.#move({ status: 'closed', cause });
    this.#cancelRetry();
    this.#socket?.close();
  }

  async #dial(attempt: number): Promise<void> {
    const {
      auth,
      url,
      webSocket = platformWebSocket(),
      traceparent,
      quietMs = defaultQuietMs,
      clock = systemClock,
    } = this.#options;
    let token: string | undefined;
    try {
      token = typeof auth === 'function' ? await auth() : auth;
    } catch (cause) {
      const error =
        cause instanceof AepError
          ? cause
          : new AepError({ code: 'UNAUTHORIZED', message: 'no credential could be had' }, { cause });
      if (error.retryable) this.#retry(attempt, error);
      else this.shut(error);
      return;
    }
    if (this.#state.status === 'closed') return;
    const { hello, onEnvelope, onUnknown, onQuiet } = this.#events;
    const socket: Socket = new Socket({
      ...{ url: socketUrl(url), webSocket, clock, quietMs, onEnvelope, onUnknown, onQuiet },
      headers: traceHeaders(traceparent),
      onOpen: () => socket.send(hello(token)),
      onClose: (code, reason) => this.#lost(attempt, code, reason),
    });
    this.#socket = socket;
  }

  #lost(attempt: number, code: number, reason: string): void {
    this.#socket = undefined;
    if (this.#state.status === 'closed') return;
    const error = new AepError({
      code: 'CONNECTION_LOST',
      message: reason || `the connection was lost (${code})`,
      details: { close_code: code },
    });
    if (code === 4401 && this.#mayTryFreshToken()) {
      this.#triedFreshToken = true;
      this.#retry(1, error);
    } else if (!shouldReconnect(code)) this.shut(error);
    else this.#retry(this.isReady ? 1 : attempt + 1, error);
  }

  #mayTryFreshToken(): boolean {
    return this.#wasGreeted && !this.#triedFreshToken;
  }

  #retry(attempt: number, cause: AepError): void {
    const { reconnect = defaultReconnect, clock = systemClock, random = Math.random } = this.#options;
    if (reconnect === false || attempt > (reconnect.attempts ?? Number.POSITIVE_INFINITY)) {
      this.shut(cause);
      return;
    }
    const delay = this.#askedForDelayMs ?? backoffDelay(attempt, reconnect, random);
    this.#askedForDelayMs = undefined;
    this.#move({ status: 'reconnecting', attempt, retryAt: clock.now() + delay, cause });
    this.#cancelRetry = clock.after(delay, () => void this.#dial(attempt));
  }

  #move(state: ConnectionState): void {
    this.#state = state;
    this.#events.onState(state);
  }
}
