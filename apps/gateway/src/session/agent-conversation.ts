import { GatewayError } from '../ground/gateway-error.ts';
import type { WorkerOptions } from '../worker/worker.ts';
import type { AgentDrive } from './agent-drive.ts';
import type { CurrentTurn } from './current-turn.ts';
import { findRewind, type Rewind } from './find-rewind.ts';
import type { Ledger } from './ledger.ts';
import { readTurns } from './read-turns.ts';
import type { SessionOptions } from './session-options.ts';

type ConversationParts = { ledger: Ledger; turn: CurrentTurn; drive: AgentDrive };

/** The conversation as the agent itself keeps it: how it is gone on with, forgotten, and taken back to an earlier turn. */
export class AgentConversation {
  readonly #options: SessionOptions;
  readonly #parts: ConversationParts;

  constructor(options: SessionOptions, parts: ConversationParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** How an agent is to be started that goes on with it now. */
  describe(): WorkerOptions {
    const { workDir, config, nativeSessionId: resume, forkOf: fork } = this.#parts.ledger.record;
    if (resume !== null) return { workDir, config, resume };
    return { workDir, config, ...(fork === null ? {} : { fork }) };
  }

  /** How somebody goes on with it in a terminal; null until there is one, and for agents that nobody can take there. */
  get terminalCommand(): readonly string[] | null {
    const { nativeSessionId } = this.#parts.ledger.told.record;
    return (nativeSessionId && this.#options.definition.toTerminalCommand?.(nativeSessionId)) || null;
  }

  /** Ends the agent; the next one starts with an empty memory. Throws PROTOCOL_VIOLATION if there is nothing to forget. */
  async reset(): Promise<void> {
    const { ledger, drive } = this.#parts;
    if (ledger.record.state === 'terminated') {
      throw new GatewayError(
        'PROTOCOL_VIOLATION',
        'the session is terminated: send a prompt to resume it first',
      );
    }
    const message = 'context_reset';
    await drive.endThen({ stopReason: 'interrupted', state: 'idle', message }, (step) => {
      Object.assign(step.session, { nativeSessionId: null, forkOf: null });
      step.tell({ type: 'state', data: { state: ledger.record.state, message } }, null);
    });
  }

  /** What going back to before a turn would mean; see `findRewind` for what it throws. */
  async rewindTo(turnId: string): Promise<Rewind> {
    const { store, definition } = this.#options;
    const { id } = this.#parts.ledger.record;
    const turns = await readTurns((after, limit) => store.events(id, after, limit));
    return findRewind(turnId, { turns, definition });
  }

  /** Ends the agent; the next one goes on from before that turn. Throws as `rewindTo` does, and SESSION_BUSY in a turn. */
  async rewind(turnId: string): Promise<Rewind> {
    const { ledger, turn, drive } = this.#parts;
    const rewind = await this.rewindTo(turnId);
    turn.requireNone();
    const ending = { stopReason: 'interrupted', state: ledger.record.state, message: 'rewound' } as const;
    await drive.endThen(ending, (step) => {
      Object.assign(step.session, { nativeSessionId: null, forkOf: rewind.point });
      step.tell({ type: 'session.rewound', data: { turn_id: turnId, turns: rewind.turns } }, null);
    });
    return rewind;
  }
}
