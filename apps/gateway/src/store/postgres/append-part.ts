import type { AuditEntry } from '../../ground/audit.ts';
import type { NewHookDelivery } from '../../ground/hook-delivery.ts';
import type { TurnUsage } from '../usage-log.ts';
import type { Value } from './postgres-access.ts';

/** Makes a value a parameter of the statement that is being built: `$1`, `$2` … */
export type Place = (value: Value) => string;

/**
 * Further rows that are stored by the one statement that stores steps of sessions. Gives the common table expressions
 * (`name as (insert …)`) that do so. They may read `stored (session_id text)`, the sessions whose step is stored by this
 * statement, and must leave alone what belongs to any other. All rows of a statement see the database as it was before.
 */
export type AppendPart = (place: Place) => string[];

/** Something that goes with a step of a session, in order. Not more than one step of a session is in a statement. */
export type WithStep<T> = { sessionId: string; now: number; value: T };

/** What a step may have beside the rows of its session; each is called with at least one row. */
export type AppendParts = {
  audit(rows: readonly WithStep<AuditEntry>[]): AppendPart;
  usage(rows: readonly WithStep<TurnUsage>[]): AppendPart;
  deliveries(rows: readonly WithStep<NewHookDelivery>[]): AppendPart;
};
