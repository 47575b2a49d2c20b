import { type Frame, partOf } from './parts.ts';
import { createSourceOf } from './source-of.ts';

/** What `node --cpu-prof` writes; times in microseconds (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile). */
export type CpuProfile = {
  nodes: readonly {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
    children?: readonly number[];
  }[];
  startTime: number;
  samples: readonly number[];
  timeDeltas: readonly number[];
};

/** What the main thread did between two moments, by parts, microseconds; the largest first. Waiting is none of them. */
export function shareOut(
  { nodes, startTime, samples, timeDeltas }: CpuProfile,
  [from, to]: readonly [number, number],
): { part: string; us: number }[] {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const sourceOf = createSourceOf();
  const frames = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const frame: Frame = { name: functionName, source: sourceOf(url, lineNumber) };
      return [id, frame];
    }),
  );
  const parts = new Map(nodes.map(({ id }) => [id, partOf(stackOf(id))]));
  const spent = new Map<string, number>();
  let time = startTime;
  samples.forEach((id, index) => {
    const delta = timeDeltas[index] ?? 0;
    time += delta;
    const part = parts.get(id);
    if (time < from || time > to || part === undefined) return;
    spent.set(part, (spent.get(part) ?? 0) + delta);
  });
  return [...spent].map(([part, us]) => ({ part, us })).toSorted((a, b) => b.us - a.us);

  function stackOf(leaf: number): Frame[] {
    const stack: Frame[] = [];
    for (let id: number | undefined = leaf; id !== undefined; id = parents.get(id)) {
      const frame = frames.get(id);
      if (frame) stack.push(frame);
    }
    return stack;
  }
}
