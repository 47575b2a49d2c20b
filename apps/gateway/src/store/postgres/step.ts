import { followingSeq } from '../following-seq.ts';
import type { SharedChange } from '../shared-log.ts';
import type { Commit, EventRecord, InputRecord, InteractionRecord, SessionRecord } from '../store.ts';
import type { WithStep } from './append-part.ts';

/** One change of one session; `fence` and `number` as in `SharedWrite`, where nodes share the database. */
export type StepWrite = {
  sessionId: string;
  owned: { fence: number; number: number } | null;
} & SharedChange;

type One<T> = T extends readonly (infer Item)[] ? Item : never;

/** What writes that follow each other in one session change together. All of it is stored or none. */
export type Step = {
  sessionId: string;
  /** When the last of them was made, Unix milliseconds. */
  now: number;
  /** A session that this makes, as it is before the events; a fork begins with the log of another. */
  made: { record: SessionRecord; from: string | null } | null;
  owned: { fence: number; first: number; last: number } | null;
  events: EventRecord[];
  session: NonNullable<Commit['session']>;
  inputs: Map<string, InputRecord>;
  interactions: Map<string, InteractionRecord>;
  worker: Commit['worker'];
  audit: WithStep<One<Commit['audit']>>[];
  usage: WithStep<NonNullable<Commit['usage']>>[];
  deliveries: WithStep<One<Commit['deliveries']>>[];
};

/** A write as a step of its own. Throws GatewayError if its numbers do not follow each other. */
export function toStep(write: StepWrite): Step {
  const { sessionId, owned } = write;
  const made = write.kind === 'commit' ? null : { record: write.record, from: sourceOf(write) };
  const { commit } = write;
  const now = write.kind === 'commit' ? write.now : write.record.updatedAt;
  const { events = [], inputs = [], interactions = [], worker, audit = [], usage, deliveries = [] } = commit;
  followingSeq(sessionId, made?.record.lastSeq ?? (events[0]?.seq ?? 1) - 1, events);
  const withStep = <T>(value: T) => ({ sessionId, now, value });
  return {
    ...{ sessionId, now, made, worker, events: [...events] },
    owned: owned && { fence: owned.fence, first: owned.number, last: owned.number },
    session: definedOf(commit.session ?? {}),
    inputs: new Map(inputs.map((input) => [input.inputId, input])),
    interactions: new Map(interactions.map((interaction) => [interaction.id, interaction])),
    audit: audit.map(withStep),
    usage: usage ? [withStep(usage)] : [],
    deliveries: deliveries.map(withStep),
  };
}

/** Both steps of a session as one; undefined if they cannot be one. */
export function joined(step: Step, next: Step): Step | undefined {
  const owned = joinedOwners(step.owned, next.owned);
  if (next.made || owned === undefined || !follows(step, next)) return undefined;
  // What the one before remembered must not come back.
  if (step.worker === null && next.worker) return undefined;
  return {
    ...{ sessionId: step.sessionId, now: next.now, made: step.made, owned },
    events: [...step.events, ...next.events],
    session: { ...step.session, ...next.session },
    inputs: new Map([...step.inputs, ...next.inputs]),
    interactions: new Map([...step.interactions, ...next.interactions]),
    worker:
      next.worker && step.worker
        ? { ...step.worker, ...next.worker }
        : firstDefined(next.worker, step.worker),
    audit: [...step.audit, ...next.audit],
    usage: [...step.usage, ...next.usage],
    deliveries: [...step.deliveries, ...next.deliveries],
  };
}

/** The session's last number after the step; undefined if it adds no event to a session that is there. */
export function lastSeqOf({ events, made }: Step): number | undefined {
  return events.at(-1)?.seq ?? made?.record.lastSeq;
}

function sourceOf(write: StepWrite): string | null {
  return write.kind === 'fork' ? write.from : null;
}

function joinedOwners(step: Step['owned'], next: Step['owned']): Step['owned'] | undefined {
  if (step === null || next === null) return step === next ? null : undefined;
  if (step.fence !== next.fence || step.last + 1 !== next.first) return undefined;
  return { ...step, last: next.last };
}

function follows(step: Step, next: Step): boolean {
  const [first] = next.events;
  const last = lastSeqOf(step);
  return first === undefined || last === undefined || first.seq === last + 1;
}

function definedOf<T extends object>(fields: T): T {
  // The same fields but those that say nothing.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

const firstDefined = <T>(first: T | undefined, second: T | undefined) =>
  first === undefined ? second : first;
