import type { GatewayError } from '../ground/gateway-error.ts';
import type { AgentDrive } from './agent-drive.ts';
import type { Backlog } from './backlog.ts';
import type { CurrentTurn } from './current-turn.ts';
import type { InputQueue } from './input-queue.ts';
import type { Ledger } from './ledger.ts';
import type { Release } from './release.ts';
import type { SessionOptions } from './session-options.ts';
import { interruptedBy, type WorkerSlot } from './worker-slot.ts';

type EndParts = {
  release: Pick<Release, 'settled'>;
  ledger: Ledger;
  inputs: InputQueue;
  turn: CurrentTurn;
  slot: WorkerSlot;
  backlog: Backlog;
  drive: AgentDrive;
};

/** How the work for a session ends: until its next prompt, for good, with this gateway, or because another one has it now. */
export class SessionEnd {
  readonly #options: Pick<SessionOptions, 'logger' | 'onLost'>;
  readonly #parts: EndParts;

  constructor(options: Pick<SessionOptions, 'logger' | 'onLost'>, parts: EndParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** Ends the agent, and what waits is taken back; the next prompt resumes. */
  async terminate(message: string): Promise<void> {
    const { ledger, inputs, drive, release } = this.#parts;
    // What comes from now on resumes the session.
    const { waiting } = inputs;
    await drive.endThen(interruptedBy(message), (step) => {
      inputs.cancelAll(step, waiting, 'the session was ended');
      ledger.move(step, 'terminated', { message });
    });
    await release.settled();
  }

  /** Ends the agent and says goodbye to followers. */
  async delete(): Promise<void> {
    const { ledger, drive } = this.#parts;
    await drive.endThen(interruptedBy('session_deleted'), (step) =>
      ledger.move(step, 'deleted', { message: 'session deleted' }),
    );
  }

  /** The gateway is stopping: an open turn is closed honestly, an idle process just ends, unless the next one wants them. */
  async close({ keepAgent }: { keepAgent: boolean }): Promise<void> {
    const { ledger, turn, slot, drive } = this.#parts;
    if (keepAgent && slot.isSaved) {
      // First it is given what waits for it.
      const settled = this.#settledIfPossible();
      if (settled) await settled;
      return slot.leave();
    }
    const state = turn.isOpen ? 'terminated' : ledger.record.state;
    await drive.close({ stopReason: 'interrupted', state, message: 'gateway_stopping' });
    await this.#settledIfPossible();
  }

  /** Another gateway works for it now: nothing more is written or told here, and its agent is ended. */
  letGo(reason: GatewayError): void {
    const { ledger, slot, backlog } = this.#parts;
    const { logger, onLost } = this.#options;
    backlog.close(reason);
    ledger.sendAway(reason);
    const hadAgent = slot.hasWorker;
    const ended = slot.abandon().catch((error: unknown) => {
      logger.error({ session: ledger.record.id, error: String(error) }, 'an agent could not be ended');
    });
    onLost?.(hadAgent ? ended : undefined);
  }

  /** Nobody was told of what is not settled by then: the next gateway goes on from what is. */
  #settledIfPossible(): Promise<void> | undefined {
    return this.#parts.release.settled()?.catch(() => {});
  }
}
