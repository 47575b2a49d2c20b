import type { ServerEnvelope } from '@hotplex/aep-protocol';

/**
 * Where a log that is read from its end can be begun without cutting a message: the first place behind an ended turn at
 * which no turn is in progress and no prompt waits that is told of later. Undefined if there is none.
 */
export function wholeFrom(events: readonly ServerEnvelope[]): number | undefined {
  const ended = events.findIndex(({ event }) => event.type === 'done');
  if (ended === -1) return undefined;
  // What has begun before the first event counts as begun there.
  const firsts = new Map<string, number>();
  const open = new Int32Array(events.length + 2);
  const join = (from: number, to: number) => {
    if (from >= to) return;
    open[from + 1] = (open[from + 1] ?? 0) + 1;
    open[to + 1] = (open[to + 1] ?? 0) - 1;
  };
  events.forEach(({ event, turn_id }, index) => {
    if (event.type === 'input') firsts.set(event.data.input_id, index);
    if (event.type === 'input.status' && event.data.status !== 'done')
      join(firsts.get(event.data.input_id) ?? 0, index);
    if (turn_id === undefined) return;
    const first = firsts.get(turn_id);
    if (first === undefined) firsts.set(turn_id, index);
    else join(first, index);
  });
  let joined = 0;
  for (let index = 0; index < events.length; index += 1) {
    joined += open[index] ?? 0;
    if (index > ended && joined === 0) return index;
  }
  return undefined;
}
