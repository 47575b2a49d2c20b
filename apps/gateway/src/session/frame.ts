import { protocolVersion } from '@hotplex/aep-protocol';
import type { EventRecord } from '../store/store.ts';

/** The text frame of a logged event. The data's JSON was made when it was logged and is only put in its place here. */
export function frameOf(sessionId: string, event: EventRecord): string {
  return frameIn(JSON.stringify(sessionId), event, turnOf(event));
}

/** Those of several events of a session, for which what they have in common is made once. */
export function framesOf(sessionId: string, events: readonly EventRecord[]): string[] {
  const session = JSON.stringify(sessionId);
  let turnId: string | null = null;
  let turn = '';
  return events.map((event) => {
    if (event.turnId !== turnId) {
      turnId = event.turnId;
      turn = turnOf(event);
    }
    return frameIn(session, event, turn);
  });
}

const turnOf = ({ turnId }: EventRecord) => (turnId === null ? '' : `"turn_id":${JSON.stringify(turnId)},`);

const frameIn = (session: string, { id, seq, timestamp, type, data }: EventRecord, turn: string): string =>
  `{"version":"${protocolVersion}","id":"${id}","seq":${seq},"session_id":${session},"timestamp":${timestamp},${turn}"event":{"type":"${type}","data":${data}}}`;
