import { GatewayError } from '../ground/gateway-error.ts';
import type { NewHookDelivery } from '../ground/hook-delivery.ts';
import { followingSeq } from './following-seq.ts';
import { MemoryAgentConversations } from './memory-agent-conversations.ts';
import { searchMemory } from './memory-search.ts';
import { missingSession } from './missing-session.ts';
import type {
  AuditLog,
  Commit,
  EventRecord,
  InputRecord,
  InteractionRecord,
  SessionQuery,
  SessionRecord,
  SessionStore,
  TurnUsage,
  WorkerRecord,
} from './store.ts';

type Conversation = {
  record: SessionRecord;
  events: EventRecord[];
  inputs: Map<string, InputRecord>;
  interactions: Map<string, InteractionRecord>;
  worker?: WorkerRecord;
};

/** What a step also writes, and what goes with a session: it is kept elsewhere. */
type Beside = {
  recordAudit: AuditLog['recordAudit'];
  addUsage(usage: TurnUsage, now: number): void;
  addDelivery(delivery: NewHookDelivery, now: number): void;
  onRemoved(sessionId: string): void;
};

/** Sessions that last as long as the process. */
export function createMemorySessions({
  recordAudit,
  addUsage,
  addDelivery,
  onRemoved,
}: Beside): SessionStore {
  const conversations = new Map<string, Conversation>();
  const agentConversations = new MemoryAgentConversations();

  function keep(conversation: Conversation): void {
    conversations.set(conversation.record.id, conversation);
    agentConversations.note(conversation.record);
  }

  /** Changes nothing if it throws. */
  function applied(before: Conversation, commit: Commit, now: number): Conversation {
    const {
      events = [],
      session = {},
      inputs = [],
      interactions = [],
      worker,
      audit = [],
      usage,
      deliveries = [],
    } = structuredClone(commit);
    const lastSeq = followingSeq(before.record.id, before.record.lastSeq, events);
    const changes = Object.fromEntries(Object.entries(session).filter(([, value]) => value !== undefined));
    for (const entry of audit) recordAudit(entry, now);
    if (usage) addUsage(usage, now);
    for (const delivery of deliveries) addDelivery(delivery, now);
    before.events.push(...events);
    for (const input of inputs) before.inputs.set(input.inputId, input);
    for (const interaction of interactions) before.interactions.set(interaction.id, interaction);
    const { worker: workerBefore, ...rest } = before;
    const workerAfter = worker && { memory: '', ...workerBefore, ...worker };
    return {
      ...rest,
      record: { ...before.record, ...changes, lastSeq, updatedAt: now },
      ...withWorker(worker === undefined ? workerBefore : workerAfter),
    };
  }

  function remove(sessionId: string): void {
    conversations.delete(sessionId);
    onRemoved(sessionId);
  }

  return {
    create(record, commit) {
      if (conversations.has(record.id)) {
        throw new GatewayError('INTERNAL_ERROR', 'the gateway created a session twice; see its log', {
          cause: new Error(`session ${record.id} is already stored`),
        });
      }
      const empty = {
        record: structuredClone(record),
        events: [],
        inputs: new Map<string, InputRecord>(),
        interactions: new Map<string, InteractionRecord>(),
      };
      keep(commit ? applied(empty, commit, record.updatedAt) : empty);
    },
    fork(record, from, commit) {
      if (conversations.has(record.id)) throw new Error(`the session ${record.id} exists`);
      const { events = [] } = conversations.get(from) ?? {};
      const copy: Conversation = {
        record: structuredClone(record),
        events: structuredClone(events.filter(({ seq }) => seq <= record.lastSeq)),
        inputs: new Map(),
        interactions: new Map(),
      };
      keep(applied(copy, commit, record.updatedAt));
    },
    find: (id) => structuredClone(conversations.get(id)?.record),
    list: (query) =>
      [...conversations.values()]
        .map(({ record }) => record)
        .filter((record) => matches(record, query))
        .toSorted((a, b) => (isBefore(a, b) ? 1 : -1))
        .slice(0, query.limit)
        .map((record) => structuredClone(record)),
    agentConversation(workerType, nativeSessionId) {
      const found = agentConversations.find(workerType, nativeSessionId);
      if (!found) return undefined;
      const { record } = conversations.get(found.sessionId) ?? {};
      const isThere = record?.nativeSessionId === nativeSessionId && record.state !== 'deleted';
      return { ownerId: found.ownerId, sessionId: isThere ? found.sessionId : null };
    },
    countByState() {
      const states = [...conversations.values()].map(({ record }) => record.state);
      const groups = Object.entries(Object.groupBy(states, (state) => state));
      return Object.fromEntries(groups.map(([state, { length }]) => [state, length]));
    },
    commit(sessionId, commit, now) {
      const conversation = conversations.get(sessionId);
      if (!conversation) throw missingSession(sessionId);
      keep(applied(conversation, commit, now));
    },
    events(sessionId, after, limit) {
      const { events = [] } = conversations.get(sessionId) ?? {};
      const start = Math.max(0, after + 1 - (events[0]?.seq ?? 1));
      return structuredClone(events.slice(start, start + limit));
    },
    eventsBefore(sessionId, before, limit) {
      const earlier = (conversations.get(sessionId)?.events ?? []).filter(({ seq }) => seq < before);
      return structuredClone(earlier.slice(-limit));
    },
    oldestSeq(sessionId) {
      const conversation = conversations.get(sessionId);
      return conversation?.events[0]?.seq ?? (conversation?.record.lastSeq ?? 0) + 1;
    },
    input: (sessionId, inputId) => structuredClone(conversations.get(sessionId)?.inputs.get(inputId)),
    inputs: (sessionId, statuses) =>
      structuredClone(
        [...(conversations.get(sessionId)?.inputs.values() ?? [])].filter(({ status }) =>
          statuses.includes(status),
        ),
      ),
    interaction: (sessionId, id) => structuredClone(conversations.get(sessionId)?.interactions.get(id)),
    openInteractions: (sessionId) =>
      structuredClone(
        [...(conversations.get(sessionId)?.interactions.values() ?? [])].filter(
          ({ status }) => status === 'open',
        ),
      ),
    resolvedInteractions: (sessionId, turnId) =>
      structuredClone(
        [...(conversations.get(sessionId)?.interactions.values() ?? [])].filter(
          (row) => row.status === 'resolved' && row.turnId === turnId,
        ),
      ),
    worker: (sessionId) => structuredClone(conversations.get(sessionId)?.worker),
    unfinished: () =>
      [...conversations.values()].filter(isUnfinished).map(({ record }) => structuredClone(record)),
    search: (query) => searchMemory([...conversations.values()], query),
    untouchedSince: (time, limit) =>
      [...conversations.values()]
        .map(({ record }) => record)
        .filter(({ state, updatedAt }) => state === 'deleted' || (state !== 'running' && updatedAt < time))
        .toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
        .slice(0, limit)
        .map(({ id }) => id),
    removePart(sessionId) {
      if (conversations.get(sessionId)?.record.state === 'deleted') remove(sessionId);
      return true;
    },
    remove,
    close() {},
  };
}

function matches(record: SessionRecord, query: SessionQuery): boolean {
  const { ownerId, botId, workerType, state, isArchived, text, before } = query;
  return (
    (ownerId === undefined || record.ownerId === ownerId) &&
    (botId === undefined || record.botId === null || record.botId === botId) &&
    (workerType === undefined || record.workerType === workerType) &&
    (state === undefined || record.state === state) &&
    (isArchived === undefined || record.isArchived === isArchived) &&
    (text === undefined || [record.id, record.ownerId, record.workDir].some((part) => part.includes(text))) &&
    (before === undefined || isBefore(record, before))
  );
}

const withWorker = (worker: WorkerRecord | null | undefined) => (worker ? { worker } : {});

function isUnfinished({ record, inputs, worker }: Conversation): boolean {
  const waits = [...inputs.values()].some(({ status }) => status === 'queued');
  return record.state !== 'deleted' && (record.state === 'running' || waits || worker !== undefined);
}

type Place = { updatedAt: number; id: string };

function isBefore(a: Place, b: Place): boolean {
  return a.updatedAt === b.updatedAt ? a.id < b.id : a.updatedAt < b.updatedAt;
}
