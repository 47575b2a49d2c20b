import { atMost } from '../ground/at-most.ts';
import type { Clock } from '../ground/clock.ts';
import type { ChildProcess, Exit } from '../process/child-process.ts';

export type StopAgentOptions = {
  process: ChildProcess;
  gone: Promise<Exit>;
  clock: Clock;
  /** The end of the turn in progress, which was asked for; undefined if none is. */
  turnOver: Promise<void> | undefined;
};

/** The parts of an orderly stop: the turn's end, the agent's own exit. */
const [cancelMs, exitMs] = [1_000, 1_500];

/** NOTE: tools of some agents outlive a signal; an agent whose turn was cancelled and whose input is closed ends them itself. */
export async function stopAgent({ process, gone, clock, turnOver }: StopAgentOptions): Promise<Exit> {
  if (turnOver) await atMost(clock, cancelMs, [turnOver, gone]);
  process.closeInput();
  await atMost(clock, exitMs, [gone]);
  void process.stop();
  return gone;
}
