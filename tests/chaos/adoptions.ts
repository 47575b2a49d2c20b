import type { ServerEnvelope } from '@hotplex/aep-protocol';

/**
 * How often the log goes on with the next piece of the same message after a moment at which no gateway ran (wall-clock
 * milliseconds): there an agent was gone on with in mid-word, and an event lost or told twice would show.
 */
export function adoptionsInMidWord(log: readonly ServerEnvelope[], outages: readonly number[]): number {
  return outages.filter((moment) => {
    const next = log.findIndex(({ timestamp }) => timestamp >= moment);
    const [before, after] = [log[next - 1]?.event, log[next]?.event];
    return (
      before?.type === 'message.delta' &&
      after?.type === 'message.delta' &&
      before.data.message_id === after.data.message_id
    );
  }).length;
}
