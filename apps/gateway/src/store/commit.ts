import type { AuditEntry } from '../ground/audit.ts';
import type { NewHookDelivery } from '../ground/hook-delivery.ts';
import type {
  EventRecord,
  InputRecord,
  InteractionRecord,
  SessionRecord,
  WorkerChange,
} from './session-records.ts';
import type { TurnUsage } from './usage-log.ts';

/** What one step of a session changes. All of it is stored or none. */
export type Commit = {
  events?: readonly EventRecord[];
  /** Fields of the session that change. `lastSeq` follows from the events by itself. */
  session?: Partial<
    Pick<
      SessionRecord,
      | 'title'
      | 'isNamed'
      | 'isArchived'
      | 'state'
      | 'config'
      | 'nativeSessionId'
      | 'forkOf'
      | 'turn'
      | 'totals'
      | 'epoch'
    >
  >;
  /** Inserted, or replaced by `inputId`. */
  inputs?: readonly InputRecord[];
  /** Inserted, or replaced by `id`. */
  interactions?: readonly InteractionRecord[];
  /** Inserted or replaced; `null` removes it. Without `memory` that stays as it is. */
  worker?: WorkerChange | null;
  /** Appended to the audit log. */
  audit?: readonly AuditEntry[];
  /** Added to what was used on this day. */
  usage?: TurnUsage;
  /** Receivers that are to be told of it. */
  deliveries?: readonly NewHookDelivery[];
};
