import type { Page } from 'playwright-core';
import { z } from 'zod';

/** Of what Chromium notes in a trace; times in microseconds, `tdur` is processor time. Its form: Perfetto, “Trace Event Format”. */
const traceEvent = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.number(),
  dur: z.number().default(0),
  tdur: z.number().default(0),
  args: z.object({ data: z.object({ type: z.string().optional() }).optional() }).optional(),
});
const trace = z.object({ traceEvents: z.array(traceEvent) });
type TraceEvent = z.output<typeof traceEvent>;

/** What the browser says of a page that was typed into. */
export type PageTrace = {
  /**
   * Of each key, from when the browser had it until the frame that shows it was handed on: milliseconds of processor time that
   * the page’s thread took, also for what the key had to wait for.
   */
  keyCpuMs: number[];
  /** The same by the clock, in which neighbours of the page have their part. */
  keyPaintMs: number[];
  /** Processor time of the longest task. */
  longestTaskCpuMs: number;
};

const categories = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'latencyInfo', 'benchmark'];

/** What keys and tasks cost the page’s thread while something is done. Of Chromium, for which the page is the only one. */
export async function tracePage(page: Page, doing: () => Promise<void>): Promise<PageTrace> {
  const browser = page.context().browser();
  if (!browser) throw new TypeError('the page has no browser of its own');
  await browser.startTracing(page, { categories });
  await doing();
  const written = await browser.stopTracing();
  return readTrace(trace.parse(JSON.parse(written.toString())).traceEvents);
}

function readTrace(events: readonly TraceEvent[]): PageTrace {
  const sorted = events.toSorted((a, b) => a.ts - b.ts);
  const typed = (type: string) => (event: TraceEvent) =>
    event.name === 'EventDispatch' && event.args?.data?.type === type;
  const [pid, tid] = [sorted.find(typed('keydown'))?.pid, sorted.find(typed('keydown'))?.tid];
  const own = sorted.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X');
  const tasks = own.filter(({ name }) => name === 'RunTask');
  const frames = own.filter(({ name }) => name === 'Commit');
  const arrivals = sorted.filter(({ name, ph }) => name === 'InputLatency::KeyDown' && ph === 'b');
  const inputs = own.filter(typed('input'));
  const cpuAt = cpuClock(tasks);
  const keys = arrivals.flatMap(({ ts: start }, index) => {
    const input = inputs[index];
    const shown = input && frames.find(({ ts }) => ts >= input.ts + input.dur);
    return shown ? [{ start, end: shown.ts + shown.dur }] : [];
  });
  return {
    keyCpuMs: keys.map(({ start, end }) => (cpuAt(end) - cpuAt(start)) / 1_000),
    keyPaintMs: keys.map(({ start, end }) => (end - start) / 1_000),
    longestTaskCpuMs: Math.max(0, ...tasks.map(({ tdur }) => tdur)) / 1_000,
  };
}

/** How much processor time the tasks had taken at a moment; within a task it is taken to pass evenly. */
function cpuClock(tasks: readonly TraceEvent[]): (ts: number) => number {
  let sum = 0;
  const starts = tasks.map((task) => {
    const before = sum;
    sum += task.tdur;
    return { ...task, before };
  });
  return (ts) => {
    const last = starts.findLast((task) => task.ts <= ts);
    if (!last) return 0;
    return last.before + last.tdur * Math.min(1, (ts - last.ts) / Math.max(1, last.dur));
  };
}
