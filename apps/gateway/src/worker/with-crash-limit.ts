import type { Clock } from '../ground/clock.ts';
import { createFailedWorker } from './failed-worker.ts';
import type { Exit, StartWorker } from './worker.ts';

export type CrashLimitOptions = {
  clock: Clock;
  /** How many crashes within the window stop it; the oldest one has to age before there is another start. */
  crashes: number;
  windowMs: number;
};

/** An end that nobody asked for. What could not be started at all is no crash: it says itself what is missing. */
function isCrash({ reason, code, signal }: Exit): boolean {
  return reason !== 'stopped' && (signal !== null || (code !== null && code !== 0));
}

/** Keeps an agent that dies again and again from being started again and again. One for each session. */
export function withCrashLimit(
  start: StartWorker,
  { clock, crashes, windowMs }: CrashLimitOptions,
): StartWorker {
  let recent: { at: number; exit: Exit }[] = [];
  return (options, listener) => {
    recent = recent.filter(({ at }) => clock.elapsed() - at < windowMs);
    const [oldest] = recent;
    if (oldest && recent.length >= crashes) {
      const seconds = Math.ceil((oldest.at + windowMs - clock.elapsed()) / 1_000);
      const last = recent.at(-1)?.exit;
      const words = (last?.message ?? last?.stderr.trim().split('\n').at(-1)) || 'it left no last words';
      return createFailedWorker(
        `the agent ended ${recent.length} times in a short while (${words}); it is not started again for ${seconds} s`,
        listener,
      );
    }
    let wentWell = false;
    return start(options, {
      onEvents(events) {
        wentWell ||= events.some(({ type, data }) => type === 'done' && 'success' in data && data.success);
        listener.onEvents(events);
      },
      onExit(exit) {
        if (isCrash(exit) && !wentWell) recent.push({ at: clock.elapsed(), exit });
        listener.onExit(exit);
      },
    });
  };
}
