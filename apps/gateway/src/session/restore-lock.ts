import { GatewayError } from '../ground/gateway-error.ts';
import type { AgentDrive } from './agent-drive.ts';
import { busy, type CurrentTurn } from './current-turn.ts';
import type { InputQueue } from './input-queue.ts';

type LockParts = { turn: CurrentTurn; inputs: InputQueue; drive: AgentDrive };

/** Keeps a session from going on while something of it is put back: one thing at a time, and only between turns. */
export class RestoreLock {
  readonly #parts: LockParts;
  #isHeld = false;

  constructor(parts: LockParts) {
    this.#parts = parts;
  }

  /** Throws SESSION_BUSY in the middle of a turn, or while a prompt waits for one. */
  requireRest(): void {
    const { turn, inputs } = this.#parts;
    turn.requireNone();
    if (inputs.waiting.length > 0) throw busy();
  }

  /** Throws SESSION_BUSY while something is put back. */
  requireFree(): void {
    if (!this.#isHeld) return;
    throw new GatewayError('SESSION_BUSY', 'this session is being taken back: try again in a moment');
  }

  /** Puts something back, while which no prompt goes to the agent. Throws SESSION_BUSY in a turn, and while it is held. */
  async hold<T>(putBack: () => Promise<T>): Promise<T> {
    const { turn, drive } = this.#parts;
    turn.requireNone();
    this.requireFree();
    this.#isHeld = true;
    return drive.holdWhile(async () => {
      try {
        return await putBack();
      } finally {
        this.#isHeld = false;
      }
    });
  }
}
