/** The five states of a session on the wire. `idle` means that no turn is running; it never means "no socket". */
export const sessionStates = ['created', 'running', 'idle', 'terminated', 'deleted'] as const;

export type SessionState = (typeof sessionStates)[number];

/** Every legal move. `terminated → running` is a resume. */
export const sessionTransitions: Readonly<Record<SessionState, readonly SessionState[]>> = {
  created: ['running', 'terminated', 'deleted'],
  running: ['idle', 'terminated', 'deleted'],
  idle: ['running', 'terminated', 'deleted'],
  terminated: ['running', 'deleted'],
  deleted: [],
};

export function canMove(from: SessionState, to: SessionState): boolean {
  return sessionTransitions[from].includes(to);
}

/** True while the session can take an input without being resumed first. */
export function isActive(state: SessionState): boolean {
  return state === 'created' || state === 'running' || state === 'idle';
}
