import type { EventRecord, InputRecord, InteractionRecord, SessionRecord } from '../../../src/store/store.ts';

export function sessionRecord(fields: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: 'session-1',
    ownerId: 'alice',
    botId: null,
    workerType: 'demo',
    clientKey: 'key',
    title: null,
    isNamed: false,
    isArchived: false,
    workDir: '/srv/app/dir',
    state: 'created',
    config: {},
    nativeSessionId: null,
    forkOf: null,
    epoch: 'epoch-1',
    lastSeq: 0,
    turn: null,
    totals: {
      turn_count: 0,
      duration_ms: null,
      tool_calls: null,
      input_tokens: null,
      output_tokens: null,
      cache_read_tokens: null,
      cache_write_tokens: null,
      total_tokens: null,
      cost_usd: null,
    },
    createdAt: 1_000,
    updatedAt: 1_000,
    ...fields,
  };
}

export function eventRecord(seq: number, fields: Partial<EventRecord> = {}): EventRecord {
  return {
    seq,
    id: `evt_${seq}`,
    type: 'message.delta',
    turnId: 'turn_1',
    timestamp: 1_000 + seq,
    data: `{"message_id":"m","content":"${seq}"}`,
    ...fields,
  };
}

/** Events numbered `first` to `last`. */
export function eventRecords(first: number, last: number): EventRecord[] {
  return Array.from({ length: last - first + 1 }, (_, index) => eventRecord(first + index));
}

export function inputRecord(inputId: string, fields: Partial<InputRecord> = {}): InputRecord {
  return {
    inputId,
    bodyHash: 'hash',
    content: 'do it',
    parts: null,
    author: 'alice',
    delivery: 'queue',
    status: 'queued',
    turnId: null,
    createdAt: 2_000,
    notBefore: null,
    ...fields,
  };
}

export function interactionRecord(id: string, fields: Partial<InteractionRecord> = {}): InteractionRecord {
  return {
    id,
    kind: 'permission',
    turnId: 'turn_1',
    request: { id, tool_name: 'Bash' },
    status: 'open',
    resolution: null,
    answer: null,
    resolvedAt: null,
    deadlineAt: 9_000,
    createdAt: 2_000,
    ...fields,
  };
}
