import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import type { SessionStore } from '../store/store.ts';

type ReleaseOptions = {
  sessionId: string;
  store: Pick<SessionStore, 'awaitSettled'>;
  clock: Clock;
  logger: Logger;
  /** The session is another gateway's now; nothing that waited will be done. */
  onLost(reason: GatewayError): void;
};

type Waiting = { effect(): void; isSettled: boolean };

/** How long somebody waits for an answer, milliseconds. */
const patienceMs = 10_000;

/**
 * Lets out what a session causes: frames, hooks, what its agent is told, answers to requests. Each follows from something
 * that was written, and waits until that is where the next gateway will find it, behind all that came before it. Where a
 * write settles at once nothing waits, and nothing is kept.
 */
export class Release {
  readonly #options: ReleaseOptions;
  readonly #waiting: Waiting[] = [];
  readonly #asking = new Set<(reason: GatewayError) => void>();
  #lost: GatewayError | undefined;
  #isRunning = false;

  constructor(options: ReleaseOptions) {
    this.#options = options;
  }

  /** Does this once all that was written so far is settled; never if the session is lost before. */
  after(effect: () => void): void {
    if (this.#lost) return;
    if (this.#mayGoAtOnce(effect)) effect();
  }

  /**
   * Resolves once all that was written so far is settled and out; undefined if it is. Rejects with GATEWAY_OVERLOAD if that
   * takes too long, and with RECONNECT_REQUIRED if the session is lost.
   */
  settled(): Promise<void> | undefined {
    if (this.#lost) return Promise.reject(this.#lost);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let isOut = false;
    this.after(() => {
      isOut = true;
      resolve();
    });
    if (isOut) return undefined;
    const timer = this.#options.clock.after(patienceMs, () => reject(tooSlow()));
    this.#asking.add(reject);
    return promise.finally(() => {
      timer.cancel();
      this.#asking.delete(reject);
    });
  }

  /** Lets nothing out any more: the session is another gateway's. Called twice, it does nothing. */
  lose(reason: GatewayError): void {
    if (this.#lost) return;
    this.#lost = reason;
    this.#waiting.length = 0;
    for (const reject of this.#asking) reject(reason);
    this.#options.onLost(reason);
  }

  /** If not, it is kept until it may. */
  #mayGoAtOnce(effect: () => void): boolean {
    const { store, sessionId } = this.#options;
    if (!store.awaitSettled) return true;
    const entry = { effect, isSettled: false };
    const told = (refusal?: GatewayError) => {
      entry.isSettled = true;
      if (refusal) this.lose(refusal);
      else this.#run();
    };
    entry.isSettled = !store.awaitSettled(sessionId, told);
    if (entry.isSettled && this.#waiting.length === 0) return true;
    this.#waiting.push(entry);
    return false;
  }

  #run(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let first = this.#waiting[0]; first?.isSettled; first = this.#waiting[0]) {
      this.#do(first);
      // What it caused itself comes behind it.
      this.#waiting.shift();
    }
    this.#isRunning = false;
  }

  /** Nobody is left who would hear of a failure, and it may not keep the others back (requirement G9). */
  #do({ effect }: Waiting): void {
    try {
      effect();
    } catch (error) {
      const { logger, sessionId } = this.#options;
      logger.error({ session: sessionId, error: String(error) }, 'could not go on');
    }
  }
}

const tooSlow = () =>
  new GatewayError(
    'GATEWAY_OVERLOAD',
    'the database does not answer at the moment: send this again in a while; under the same input_id it is taken once',
  );
