import type { ServerEnvelope } from '@hotplex/aep-protocol';
import type { AepChunk } from '../ui-message.ts';
import { handleEvent } from './event-handlers.ts';
import { createTurnParts, type TurnParts } from './turn-parts.ts';

export type TurnMapperOptions = {
  turnId: string;
  /** `turn`: a permission request stands in a step where nothing else is open, so that a stream may end after it. */
  approvals?: 'inline' | 'turn';
};

/**
 * The events of one turn as chunks of one UI message. The same events give the same chunks, live or from history:
 * no clock, no connection, no random.
 */
export class TurnMapper {
  readonly turnId: string;
  readonly #parts: TurnParts;
  #started = false;

  constructor({ turnId, approvals = 'inline' }: TurnMapperOptions) {
    this.turnId = turnId;
    this.#parts = createTurnParts({ turnId, approvals });
  }

  /** True once the last chunk was given out; what comes later is ignored. */
  get finished(): boolean {
    return this.#parts.ending.isReached;
  }

  /** True while the last step holds a permission request that nobody has answered. */
  get awaitsApproval(): boolean {
    return !this.finished && this.#parts.tools.awaitsApproval;
  }

  /** The chunks of the next event of the session. Events that are not of this turn give none. */
  map(envelope: ServerEnvelope): AepChunk[] {
    const { writer, steering } = this.#parts;
    steering.note(envelope.event);
    if (this.finished || !this.#concerns(envelope)) return [];
    if (!this.#started) {
      this.#started = true;
      const { session_id: sessionId, timestamp: createdAt } = envelope;
      const messageMetadata = { sessionId, turnId: this.turnId, createdAt };
      writer.writeAside({ type: 'start', messageId: this.turnId, messageMetadata }, { type: 'start-step' });
    }
    handleEvent(this.#parts, envelope);
    return writer.take();
  }

  /** Closes what is open, so that another stream can go on with the same message. */
  pause(): AepChunk[] {
    this.#parts.blocks.endAll();
    return this.#parts.writer.take();
  }

  /** Ends a turn whose `done` will not come. */
  end(): AepChunk[] {
    if (this.#started && !this.finished) this.#parts.ending.reach({ success: false });
    return this.#parts.writer.take();
  }

  /** A turn begins with its first own event beside those of its prompt; then the session's own concern it too. */
  #concerns({ event, turn_id: turnId }: ServerEnvelope): boolean {
    if (turnId !== undefined && turnId !== this.turnId) return false;
    return this.#started || (turnId === this.turnId && !event.type.startsWith('input'));
  }
}
