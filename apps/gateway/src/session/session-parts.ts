import type { SessionRecord } from '../store/store.ts';
import { AgentConversation } from './agent-conversation.ts';
import { AgentDrive } from './agent-drive.ts';
import { AgentListener } from './agent-listener.ts';
import { AgentOutbox } from './agent-outbox.ts';
import { Backlog } from './backlog.ts';
import { CurrentTurn } from './current-turn.ts';
import { InputQueue } from './input-queue.ts';
import { InteractionDesk } from './interaction-desk.ts';
import { Ledger } from './ledger.ts';
import { QuotaWait } from './quota-wait.ts';
import { Release } from './release.ts';
import { RestoreLock } from './restore-lock.ts';
import { SessionEnd } from './session-end.ts';
import type { SessionOptions } from './session-options.ts';
import { Verdicts } from './verdicts.ts';
import { interruptedBy, WorkerSlot } from './worker-slot.ts';

/** What a session asks of its parts. */
export type SessionParts = {
  release: Release;
  ledger: Ledger;
  desk: InteractionDesk;
  inputs: InputQueue;
  turn: CurrentTurn;
  backlog: Backlog;
  slot: WorkerSlot;
  outbox: AgentOutbox;
  drive: AgentDrive;
  conversation: AgentConversation;
  lock: RestoreLock;
  end: SessionEnd;
};

/** Puts a session together: which of its parts knows which, and who hears of what happens. */
export function createParts(record: SessionRecord, options: SessionOptions): SessionParts {
  const { store, clock, logger, metrics, limits, definition } = options;
  const release = new Release({
    ...{ sessionId: record.id, store, clock, logger },
    onLost: (reason) => end.letGo(reason),
  });
  const ledger = new Ledger(record, { ...options, release });
  const desk = new InteractionDesk({
    ...{ store, clock, logger, limits, ledger },
    verdicts: new Verdicts(options, () => ledger.record),
    happened: (collect, goOn) => backlog.add({ collect, goOn }),
    answer: (response) => listener.answer(response),
  });
  const inputs = new InputQueue(options, ledger);
  const turn = new CurrentTurn(options, { ledger, desk });
  const backlog: Backlog = new Backlog({
    ...{ ledger, clock, logger },
    onWritten: () => slot.see(),
    onOverflow: () => drive.end(interruptedBy('storage_failed')),
    onDrained: () => drive.next(),
  });
  const slot: WorkerSlot = new WorkerSlot({
    ...{ ownerId: record.ownerId, clock, limits: limits.watch },
    start: options.supervise(definition.start, definition.type),
    describe: () => conversation.describe(),
    standing: () => ({ turnId: turn.id, isAsking: desk.isAsking }),
    onEvents: (events) => listener.hear(events),
    onExit: (exit, ending) => listener.exited(exit, ending),
    onExpired: (expiry) => listener.expired(expiry),
    onEnding: () => outbox.note(),
    onFree: () => drive.goOn(),
  });
  const outbox: AgentOutbox = new AgentOutbox(options, { release, ledger, inputs, turn, slot, backlog });
  const drive: AgentDrive = new AgentDrive(options, { ledger, desk, inputs, turn, slot, backlog, outbox });
  const conversation: AgentConversation = new AgentConversation(options, { ledger, turn, drive });
  const quota = new QuotaWait({
    ...{ clock, limits: limits.budget.quota },
    onWait: () => metrics.count('quota_waits_total', { worker_type: definition.type }),
  });
  const listener: AgentListener = new AgentListener(options, {
    ...{ ledger, desk, turn, slot, backlog, outbox, drive, quota },
    onReady: options.onReady,
  });
  const lock = new RestoreLock({ turn, inputs, drive });
  const end: SessionEnd = new SessionEnd(options, { release, ledger, inputs, turn, slot, backlog, drive });
  return { release, ledger, desk, inputs, turn, backlog, slot, outbox, drive, conversation, lock, end };
}
