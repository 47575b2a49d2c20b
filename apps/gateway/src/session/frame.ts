import { protocolVersion } from '@hotplex/aep-protocol';
import type { EventRecord } from '../store/store.ts';

/** The text frame of a logged event. The data's JSON was made when it was logged and is only put in its place here. */
export function frameOf(sessionId: string, event: EventRecord): string {
  const turn = event.turnId === null ? '' : `"turn_id":${JSON.stringify(event.turnId)},`;
  return `{"version":"${protocolVersion}","id":"${event.id}","seq":${event.seq},"session_id":${JSON.stringify(sessionId)},"timestamp":${event.timestamp},${turn}"event":{"type":"${event.type}","data":${event.data}}}`;
}
