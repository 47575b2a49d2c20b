import { type CloseName, closeCodes } from '@hotplex/aep-protocol';
import type { Attempt, Authenticate, Credential, Identity } from '../auth/identity.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { tooOften } from '../ground/too-often.ts';
import type { ClientLimits } from './client-limits.ts';
import type { Visitor } from './front-door.ts';

export type EntryOptions = {
  authenticate: Authenticate;
  clientLimits: ClientLimits;
  clock: Clock;
  initTimeoutMs: number;
};

/** Who came in by a front door, from his first frame to his end: his credential, and one place among his connections. */
export class Entry {
  readonly #visitor: Visitor;
  readonly #options: EntryOptions;
  readonly #cancelDeadline: () => void;
  #token: string | undefined;
  #identity: Identity | undefined;
  #leave = () => {};
  #isOver = false;

  constructor(visitor: Visitor, options: EntryOptions) {
    const { clock, initTimeoutMs } = options;
    this.#visitor = visitor;
    this.#options = options;
    const deadline = clock.after(initTimeoutMs, () => this.close('tooSlow', 'no frame in time'));
    this.#cancelDeadline = () => deadline.cancel();
    if (!visitor.identity) return;
    try {
      this.#letIn(visitor.identity);
    } catch {
      this.close('rateLimited', 'you have as many connections open as you may: close one');
    }
  }

  get attempt(): Attempt {
    return this.#visitor.attempt;
  }

  /** His credential, as our clients take it. Throws AUTH_REQUIRED before `admit`. */
  get token(): string {
    if (this.#token === undefined) throw noCredential();
    return this.#token;
  }

  /**
   * Called with each frame: the newest credential counts, that of the frame or, without one, the last. Throws what
   * `authenticate` does, FORBIDDEN if it is somebody else's, RATE_LIMITED, and RECONNECT_REQUIRED once it is over.
   */
  async admit(brought: Credential | undefined): Promise<Identity> {
    const { authenticate, clientLimits } = this.#options;
    const last = this.#token;
    const known: Credential | undefined =
      last === undefined ? this.#visitor.credential : { kind: 'bearer', token: last };
    const credential = brought ?? known;
    if (!credential) throw noCredential();
    const identity = await authenticate(credential, this.attempt);
    if (this.#isOver)
      throw new GatewayError('RECONNECT_REQUIRED', 'this connection is over: open another one');
    if (this.#identity && this.#identity.subject !== identity.subject) {
      const message = 'this is the credential of somebody else: open a connection of its own for it';
      throw new GatewayError('FORBIDDEN', message);
    }
    if (!this.#identity) this.#letIn(identity);
    this.#identity = identity;
    this.#token = credential.kind === 'api_key' ? credential.key : credential.token;
    const excess = clientLimits.takeFrame(identity, 'front door');
    if (excess) throw tooOften('too many frames', excess.retryAfterMs);
    return identity;
  }

  /** Whether anybody has come in yet. */
  get isAdmitted(): boolean {
    return this.#identity !== undefined;
  }

  close(name: CloseName, reason: string): void {
    this.closed();
    this.#visitor.socket.close(closeCodes[name].code, reason);
  }

  /** Somebody else looks after him. */
  handOver(): void {
    this.#isOver = true;
    this.#cancelDeadline();
    this.#leave();
  }

  /** He is gone. Safe to call twice. */
  closed(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelDeadline();
    this.#visitor.settled();
    this.#leave();
  }

  /** Who is known may take his time with his first frame. Throws RATE_LIMITED. */
  #letIn(identity: Identity): void {
    this.#leave = this.#options.clientLimits.connect(identity);
    this.#identity = identity;
    this.#cancelDeadline();
    this.#visitor.settled();
  }
}

const noCredential = () =>
  new GatewayError(
    'AUTH_REQUIRED',
    'no credential: send one in a header of the request or of the first frame',
  );
