import type { AgentDrive } from './agent-drive.ts';
import type { Backlog } from './backlog.ts';
import type { CurrentTurn } from './current-turn.ts';
import type { InputQueue } from './input-queue.ts';
import type { InteractionDesk } from './interaction-desk.ts';
import type { Ledger } from './ledger.ts';
import { reapUnshared } from './reap-unshared.ts';
import type { SessionOptions } from './session-options.ts';
import { agrees, hasSpoken, takeOver } from './take-over.ts';
import type { WorkerSlot } from './worker-slot.ts';

type RecoveryParts = {
  ledger: Ledger;
  desk: InteractionDesk;
  inputs: InputQueue;
  turn: CurrentTurn;
  slot: WorkerSlot;
  backlog: Backlog;
  drive: AgentDrive;
  /** Over when the agents are gone of which nothing was written down. */
  swept: Promise<void>;
  /** If this gateway itself had the session before and lost it: over when the agent it had then is gone. */
  ended: Promise<void> | undefined;
};

/** Goes on with a session where an earlier gateway left it: with its agent if that can be, else with what waits (rule S6). */
export function recoverSession(options: SessionOptions, parts: RecoveryParts): void {
  const { store, processes } = options;
  const { ledger, inputs, turn, slot, backlog, drive, swept, ended } = parts;
  const { id, turn: open } = ledger.record;
  const left = store.worker(id);
  if (!ended && left && processes.has(left.process) && agrees(left, ledger.record)) {
    takeOver(left, { ...parts, store });
    slot.see();
    if (hasSpoken({ store, ledger })) slot.hear();
    // Whether the agent has heard of it is not written down; to be asked twice does it no harm.
    if (inputs.waiting.some(({ delivery }) => delivery === 'interrupt')) drive.interrupt();
  } else {
    // No other agent may take up the conversation while the old one is alive.
    if (ended) drive.holdUntil(ended);
    else if (left) drive.holdUntil(reapUnshared({ ...left, sessionId: id }, options));
    else if (open) drive.holdUntil(swept);
    backlog.add({
      collect: (step) => {
        turn.recover(step);
        if (left) step.worker = null;
      },
      goOn: () => {},
    });
  }
  drive.next();
}
