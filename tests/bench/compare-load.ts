import { interleave } from './interleave.ts';
import type { Load, TurnFigures } from './open-client.ts';
import type { Bench, Column, Figures, Run } from './scenarios/scenario.ts';
import type { RunningSubject } from './subjects/subject.ts';

/** What all scenarios that put a load on the gateway and on the limits tell. */
export const loadColumns: readonly Column[] = [
  { title: 'CPU, µs/event', figure: 'cpuPerEvent', digits: 1 },
  { title: 'events/s', figure: 'eventsPerSecond', digits: 0 },
  { title: 'p50, ms', figure: 'latencyP50Ms', digits: 2 },
  { title: 'p99, ms', figure: 'latencyP99Ms', digits: 2 },
  { title: 'p99.9, ms', figure: 'latencyP999Ms', digits: 2 },
  { title: 'event loop p99, ms', figure: 'eventLoopDelayMs', digits: 1 },
  { title: 'wire, B/event', figure: 'bytesPerEvent', digits: 0 },
  { title: 'disk, B/event', figure: 'diskBytesPerEvent', digits: 0 },
  { title: 'memory, MiB', figure: 'memoryMiB', digits: 0 },
];

/** Puts the same load on the gateway and on both limits; an event is one piece of text of an agent. */
export async function* compareLoad(
  bench: Bench,
  { case: name, sessions, load }: { case: string; sessions: number; load: Load },
): AsyncGenerator<Run> {
  yield* interleave(bench, {
    case: name,
    sessions,
    warmUp: (client) => client.turn({ ...load, pieces: Math.max(1, Math.round(load.pieces / 4)) }),
    async measure(client, { inside }) {
      await inside?.eventLoopDelayMs();
      const stored = inside?.diskBytes() ?? 0;
      const figures = toFigures(await client.turn(load));
      return inside
        ? { ...figures, ...(await toInsideFigures(inside, { stored, events: sessions * load.pieces })) }
        : figures;
    },
  });
}

type Inside = NonNullable<RunningSubject['inside']>;

async function toInsideFigures(
  inside: Inside,
  { stored, events }: { stored: number; events: number },
): Promise<Figures> {
  return {
    eventLoopDelayMs: await inside.eventLoopDelayMs(),
    diskBytesPerEvent: (inside.diskBytes() - stored) / events,
  };
}

function toFigures(turn: TurnFigures): Figures {
  const { events, seconds, cpu, bytes, frames } = turn;
  return {
    cpuPerEvent: cpu / events,
    eventsPerSecond: events / seconds,
    latencyP50Ms: turn.latencyP50 / 1_000,
    latencyP99Ms: turn.latencyP99 / 1_000,
    latencyP999Ms: turn.latencyP999 / 1_000,
    processorShare: cpu / 1e6 / seconds,
    bytesPerEvent: bytes / events,
    eventsPerFrame: events / frames,
  };
}
