import { residentMemory } from '../../support/resident-memory.ts';
import { processorMs } from '../look-at-processes.ts';
import type { Figures } from '../scenarios/scenario.ts';
import type { NamedSession } from './named-session.ts';

const piecesPerTurn = 5_000;

/** Has an agent say as much as it can until its session has so many events, and says what each of these cost. */
export async function grow(
  { speak, lastSeq }: NamedSession,
  { pid, to }: { pid: number; to: number },
): Promise<Figures> {
  return speak(async (client) => {
    const before = await lastSeq();
    const usedMs = processorMs(pid);
    const began = performance.now();
    for (let events = before; events < to; events = await lastSeq()) {
      const pieces = Math.min(piecesPerTurn, to - events);
      await client.turn({ pieces, rate: 0, apart: true, spreadMs: 0 });
    }
    const tookMs = performance.now() - began;
    const events = (await lastSeq()) - before;
    return {
      cpuPerEvent: ((processorMs(pid) - usedMs) * 1_000) / events,
      eventsPerSecond: (events / tookMs) * 1_000,
      memoryMiB: residentMemory(pid),
    };
  });
}
