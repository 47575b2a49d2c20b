import type { SharedWrite } from '../shared-log.ts';

/** What a row has beside its text, about. */
const rowBytes = 256;

/** About how many bytes a write takes in memory and on the way; cheap, since it is asked of every one. */
export function sizeOf(write: SharedWrite): number {
  const { events = [], inputs = [], interactions = [], audit = [], deliveries = [], worker } = write.commit;
  const rows = 1 + events.length + inputs.length + interactions.length + audit.length + deliveries.length;
  let bytes = rows * rowBytes + (worker?.memory?.length ?? 0);
  for (const { data } of events) bytes += data.length;
  for (const { content } of inputs) bytes += content.length;
  for (const { message } of deliveries) bytes += message.length;
  return bytes;
}
