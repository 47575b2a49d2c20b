import { toChangedColumns } from '../rows/session-row.ts';
import type { AppendParts, Place } from './append-part.ts';
import { givenRows } from './given-rows.ts';
import type { Statement, Value } from './postgres-access.ts';
import { lastSeqOf, type Step } from './step.ts';
import { madeSessions, stepParts } from './step-rows.ts';

/** What became of a step; where nodes share the database also whether the session is ours, and our last write to it. */
export type StepOutcome = {
  sessionId: string;
  isStored: boolean;
  isHeld: boolean | null;
  written: number | null;
};

type AppendOptions = {
  parts: AppendParts;
  /** Those that this process has had as a node, where several share the database. */
  lives?: readonly string[] | undefined;
};

/** The columns of a session that steps change, in the order of the statement. */
const patchTypes = {
  ...{ title: 'text', is_named: 'bigint', is_archived: 'bigint', state: 'text', native_session_id: 'text' },
  ...{ fork_of: 'text', epoch: 'text', totals: 'text', turn_id: 'text', turn_first_seq: 'bigint' },
} as const;

/**
 * The one statement that stores steps of as many sessions, a row of `StepOutcome` for each: whoever holds a session is
 * locked first, in the order of their ids, then the sessions; a session that does not fit is left alone with all that
 * belongs to it. Costs one round trip and one flush of the server's log, however many steps there are.
 */
export function appendStatement(steps: readonly Step[], { parts, lives }: AppendOptions): Statement {
  const values: Value[] = [];
  const place: Place = (value) => {
    values.push(value);
    return `$${values.length}`;
  };
  const isOwned = lives !== undefined;
  const isAllowed = (column: string) => (isOwned ? `${column} in (select session_id from held)` : 'true');
  const hasMade = steps.some(({ made }) => made);
  const changed = steps.filter(({ made }) => !made);
  const expressions = [
    `step as (select * from ${givenSteps(place, steps)})`,
    ...(isOwned ? ownersOf(place(lives)) : []),
    ...(changed.length > 0 ? [`moved as (${movedSessions(place, changed, isAllowed('session_id'))})`] : []),
    ...(hasMade ? [`made as (${madeSessions(place, steps, isAllowed('id'))})`] : []),
    `stored as (${[changed.length > 0 && 'moved', hasMade && 'made']
      .filter((name) => name !== false)
      .map((name) => `select session_id from ${name}`)
      .join(' union all ')})`,
    ...(isOwned ? [countedWrites] : []),
    ...[...stepParts(steps), ...besides(steps, parts)].flatMap((part) => part(place)),
  ];
  const standing = isOwned ? 'is_held as "isHeld", written' : 'null as "isHeld", null as written';
  const text = `with ${expressions.join(',\n')}
    select step.session_id as "sessionId", stored.session_id is not null as "isStored", ${standing}
    from step left join stored using (session_id)${isOwned ? ' left join owner using (session_id)' : ''}`;
  return { text, values };
}

function givenSteps(place: Place, steps: readonly Step[]): string {
  const rows = steps.map(({ sessionId, owned }) => ({
    ...{ sessionId, fence: owned?.fence ?? null },
    ...{ firstWrite: owned?.first ?? null, lastWrite: owned?.last ?? null },
  }));
  return givenRows(place, rows, {
    ...({ sessionId: 'text', fence: 'bigint', firstWrite: 'bigint', lastWrite: 'bigint' } as const),
  });
}

/** Who holds the sessions of `step`. NOTE: a locked row is read as it is once the lock is there, also if it was changed since the statement began. */
const ownersOf = (lives: string): string[] => [
  `locked as (select session_owners.* from session_owners join step using (session_id)
    order by session_id for no key update of session_owners)`,
  `owner as (select session_id, written, life = any (${lives}::text[]) and locked.fence = step.fence as is_held
    from locked join step using (session_id))`,
  `held as (select session_id from owner join step using (session_id) where is_held and written = first_write - 1)`,
];

/** Counts the writes that are stored, of the one who holds the session. */
const countedWrites = `counted as (update session_owners set written = last_write
  from step join stored using (session_id) where session_owners.session_id = step.session_id)`;

/** A column that some of them change comes with a second one, which says where. */
function movedSessions(place: Place, steps: readonly Step[], isAllowed: string): string {
  const patches = steps.map(({ session }) => toChangedColumns(session));
  const columns = Object.entries(patchTypes).filter(([column]) => patches.some((patch) => column in patch));
  const types = Object.fromEntries(
    columns.flatMap(([column, type]) => [
      [column, type],
      [`sets_${column}`, 'boolean' as const],
    ]),
  );
  const rows = steps.map((step, index) => {
    const { [index]: patch = {} } = patches;
    const fields = columns.flatMap(([column]) => [
      [column, patch[column] ?? null],
      [`sets_${column}`, column in patch],
    ]);
    const before = step.events[0] ? step.events[0].seq - 1 : null;
    return {
      sessionId: step.sessionId,
      now: step.now,
      before,
      last: lastSeqOf(step) ?? null,
      ...Object.fromEntries(fields),
    };
  });
  const set = columns.map(
    ([column]) => `${column} = case when sets_${column} then given.${column} else sessions.${column} end`,
  );
  return `update sessions set ${['last_seq = coalesce(last, last_seq)', 'updated_at = now', ...set].join(', ')}
    from ${givenRows(place, rows, { sessionId: 'text', now: 'bigint', before: 'bigint', last: 'bigint', ...types })}
    where id = session_id and (before is null or last_seq = before) and ${isAllowed} returning id as session_id`;
}

function besides(steps: readonly Step[], parts: AppendParts) {
  const audit = steps.flatMap((step) => step.audit);
  const usage = steps.flatMap((step) => step.usage);
  const deliveries = steps.flatMap((step) => step.deliveries);
  return [
    ...(audit.length > 0 ? [parts.audit(audit)] : []),
    ...(usage.length > 0 ? [parts.usage(usage)] : []),
    ...(deliveries.length > 0 ? [parts.deliveries(deliveries)] : []),
  ];
}
