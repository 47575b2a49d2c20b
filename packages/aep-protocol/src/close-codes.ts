/** WebSocket close codes a gateway uses, with what each means. `reconnect` says whether a client should come back. */
export const closeCodes = {
  done: { code: 1000, reconnect: false, about: 'The conversation on this socket is over.' },
  goingAway: { code: 1001, reconnect: true, about: 'The gateway is stopping or restarting.' },
  unsupportedData: { code: 1003, reconnect: true, about: 'A binary frame; frames are text.' },
  policyViolation: { code: 1008, reconnect: true, about: 'Too many invalid frames.' },
  messageTooBig: { code: 1009, reconnect: true, about: 'A frame above max_frame_size.' },
  overload: { code: 1013, reconnect: true, about: 'The gateway is at its limit; come back later.' },
  badInit: { code: 4400, reconnect: false, about: 'The init frame could not be accepted.' },
  unauthenticated: { code: 4401, reconnect: false, about: 'No valid credential.' },
  forbidden: { code: 4403, reconnect: false, about: 'The credential does not allow this.' },
  noSession: { code: 4404, reconnect: false, about: 'There is no such session for this caller.' },
  tooSlow: {
    code: 4408,
    reconnect: true,
    about: 'The client did not drain its socket, or did not send init in time.',
  },
  replaced: { code: 4409, reconnect: true, about: 'Another connection took this one’s place.' },
  rateLimited: { code: 4429, reconnect: true, about: 'Too many frames, sockets or failed attempts.' },
} as const;

export type CloseName = keyof typeof closeCodes;

/** Whether a client should reconnect after this close code; an unknown code (1006, 1011) counts as a lost link. */
export function shouldReconnect(code: number): boolean {
  const known = Object.values(closeCodes).find((entry) => entry.code === code);
  return known === undefined || known.reconnect;
}
