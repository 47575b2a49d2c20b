import type { ServerEnvelope } from '@hotplex/aep-protocol';

/** What an agent began, by kind and id, and how often it began and ended. */
type Part = { name: string; turn: string | undefined; begun: number; ended: number };

const final = ['done', 'failed', 'cancelled', 'indeterminate'];

/**
 * What contradicts the shape of a log, in words: also an event without text that is missing or there twice shows in it
 * (rules E2, I2).
 */
export function misshapen(log: readonly ServerEnvelope[]): string[] {
  return [...brokenParts(log), ...inputsWithoutOneStory(log)];
}

/** A block or a tool call begins once and ends once; a turn that failed may have been cut off in the middle. */
function brokenParts(log: readonly ServerEnvelope[]): string[] {
  const whole = new Set(
    log.flatMap(({ event, turn_id: turn }) => (event.type === 'done' && event.data.success && turn) || []),
  );
  return partsOf(log)
    .filter(({ turn, begun, ended }) => {
      const isWhole = turn !== undefined && whole.has(turn);
      return begun !== 1 || ended > 1 || (isWhole && ended !== 1);
    })
    .map(({ name, begun, ended }) => `${name} began ${begun} times and ended ${ended} times`);
}

function partsOf(log: readonly ServerEnvelope[]): Part[] {
  const parts = new Map<string, Part>();
  for (const { event, turn_id: turn } of log) {
    const part = (kind: string, id: string) => {
      const name = `${kind} ${id}`;
      const known = parts.get(name) ?? { name, turn, begun: 0, ended: 0 };
      parts.set(name, known);
      return known;
    };
    if (event.type === 'message.start') part('message', event.data.id).begun += 1;
    // A piece of a block that never began shows as such.
    if (event.type === 'message.delta') part('message', event.data.message_id);
    if (event.type === 'message.end') part('message', event.data.message_id).ended += 1;
    if (event.type === 'tool_call') part('tool call', event.data.id).begun += 1;
    if (event.type === 'tool_result') part('tool call', event.data.id).ended += 1;
  }
  return [...parts.values()];
}

/** A prompt is told once and ends once. */
function inputsWithoutOneStory(log: readonly ServerEnvelope[]): string[] {
  const told = new Map<string, number>();
  const ends = new Map<string, number>();
  const count = (counts: Map<string, number>, id: string) => counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { event } of log) {
    if (event.type === 'input') count(told, event.data.input_id);
    if (event.type === 'input.status' && final.includes(event.data.status)) count(ends, event.data.input_id);
  }
  return [...new Set([...told.keys(), ...ends.keys()])]
    .filter((id) => told.get(id) !== 1 || ends.get(id) !== 1)
    .map((id) => `${id} was told ${told.get(id) ?? 0} times and ended ${ends.get(id) ?? 0} times`);
}
