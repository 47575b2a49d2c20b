import type { LoggedEvent } from '@hotplex/aep-protocol';
import type { AuditEntry } from '../ground/audit.ts';
import type { Commit, InputRecord, InteractionRecord, TurnUsage, WorkerChange } from '../store/store.ts';
import type { InteractionResponse } from '../worker/worker.ts';
import type { Pending } from './delta-buffer.ts';

/** What one thing that happened changes: collected first, then stored in one transaction and told. */
export class Step {
  readonly pending: Pending[] = [];
  readonly session: NonNullable<Commit['session']> = {};
  readonly inputs = new Map<string, InputRecord>();
  readonly interactions = new Map<string, InteractionRecord>();
  readonly audit: AuditEntry[] = [];
  /** What a turn took that ends with this. */
  usage: TurnUsage | undefined;
  /** What the agent is told once this is stored. */
  readonly answers: InteractionResponse[] = [];
  /** How the worker stands after this; `null`: there is none, undefined: as before. */
  worker: WorkerChange | null | undefined;

  tell(event: LoggedEvent, turnId: string | null): void {
    this.pending.push({ event, turnId });
  }

  get isEmpty(): boolean {
    return this.isTalk && this.pending.length === 0 && this.worker === undefined;
  }

  /** Whether the agent only went on talking: nothing is decided and nothing ends. */
  get isTalk(): boolean {
    return (
      this.inputs.size === 0 &&
      this.interactions.size === 0 &&
      this.audit.length === 0 &&
      Object.keys(this.session).length === 0
    );
  }
}
