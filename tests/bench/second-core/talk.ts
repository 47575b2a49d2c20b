import type { Write } from './hand-over.ts';

const process = {
  pid: 12_345,
  startTime: '123456789',
  mark: 'a-mark-of-a-process',
  folder: '/data/processes/12345',
};
const data = JSON.stringify({
  message_id: 'msg_1:0',
  content: ' the quick brown fox jumps over the lazy dog',
});
const turnId = 'turn_01234567-89ab-cdef-0123-456789abcdef';

/** One piece of text of an agent that only talks: an event, and how far its output was read. */
export function talk(sessionId: string, seq: number): Write {
  // What an agent says moves its session in the list once a second.
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  const id = `evt_${seq.toString(16).padStart(36, '0')}`;
  const events = [{ seq, id, type: 'message.delta', turnId, timestamp: now, data }];
  return { sessionId, now, commit: { events, worker: { process, offset: seq * 270, turnId } } };
}
