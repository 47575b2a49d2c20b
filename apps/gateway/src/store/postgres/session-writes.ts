import { GatewayError, toGatewayError } from '../../ground/gateway-error.ts';
import { missingSession } from '../missing-session.ts';
import type { SessionStore } from '../store.ts';
import type { AppendParts } from './append-part.ts';
import { appendStatement, type StepOutcome } from './append-statement.ts';
import type { PostgresAccess } from './postgres-access.ts';
import { lastSeqOf, type Step, type StepWrite, toStep } from './step.ts';
import { InDoubtError } from './to-postgres-error.ts';

type SessionWrites = Pick<SessionStore, 'create' | 'fork' | 'commit' | 'remove'>;

/** The writing half of the session store on PostgreSQL: one statement per call. */
export function createSessionWrites(access: PostgresAccess, parts: AppendParts): SessionWrites {
  function append(step: Step): boolean {
    const [rows = []] = access.write<StepOutcome>([appendStatement([step], { parts })]);
    return rows[0]?.isStored === true;
  }

  /** Whether the last event of a step, or the session that it makes, is there. */
  function isThere({ sessionId, events, made }: Step): boolean {
    const last = events.at(-1);
    const [text, values] = last
      ? ['select from events where session_id = $1 and seq = $2 and id = $3', [sessionId, last.seq, last.id]]
      : ['select from sessions where id = $1 and epoch = $2', [sessionId, made?.record.epoch ?? null]];
    return access.read({ text, values }).length > 0;
  }

  /** When the connection is lost meanwhile, this finds out whether the step was stored, and stores it if it was not. */
  function store(write: StepWrite): void {
    const step = stepOf(write);
    try {
      if (append(step)) return;
    } catch (error) {
      if (!(error instanceof InDoubtError) || !canBeRecognized(step)) throw error;
      if (isThere(step) || append(step) || isThere(step)) return;
    }
    throw whyNot(step);
  }

  function whyNot({ sessionId, made, events }: Step): GatewayError {
    const text = 'select last_seq as "lastSeq" from sessions where id = $1';
    const [session] = access.read<{ lastSeq: number }>({ text, values: [sessionId] });
    if (made) {
      return new GatewayError('INTERNAL_ERROR', 'the gateway created a session twice; see its log', {
        cause: new Error(`session ${sessionId} is already stored`),
      });
    }
    if (!session) return missingSession(sessionId);
    return new GatewayError('INTERNAL_ERROR', 'the gateway numbered an event wrongly; see its log', {
      cause: new Error(`event ${events[0]?.seq} of ${sessionId} does not follow ${session.lastSeq}`),
    });
  }

  const owned = null;
  return {
    create: (record, commit = {}) => store({ kind: 'create', sessionId: record.id, owned, record, commit }),
    fork: (record, from, commit) =>
      store({ kind: 'fork', sessionId: record.id, owned, record, from, commit }),
    commit: (sessionId, commit, now) => store({ kind: 'commit', sessionId, owned, commit, now }),
    remove(sessionId) {
      access.write([
        { text: 'delete from session_owners where session_id = $1', values: [sessionId] },
        { text: 'delete from sessions where id = $1', values: [sessionId] },
      ]);
    },
  };
}

/** Throws GatewayError for whatever cannot be written down. */
function stepOf(write: StepWrite): Step {
  try {
    return toStep(write);
  } catch (error) {
    throw toGatewayError(error);
  }
}

/** Whether it can be told from what is stored that a step was, or it does no harm to store it twice. */
function canBeRecognized(step: Step): boolean {
  if (lastSeqOf(step) !== undefined) return true;
  return step.audit.length + step.usage.length + step.deliveries.length === 0;
}
