import type { Session } from './session.ts';

/** Ends the session's agent when no turn runs, before it can begin another. */
export function closeWhenQuiet(session: Session): Promise<void> {
  const closed = Promise.withResolvers<void>();
  const look = () => {
    if (session.isInTurn) return;
    detach();
    // An agent that cannot be ended is met again when everything is closed.
    session.close({ keepAgent: false }).then(closed.resolve, () => closed.resolve());
  };
  // The end of a turn may be told when another could long have begun.
  session.holdUntil(closed.promise);
  const detach = session.attach({ deliver: look, sendAway: () => closed.resolve() });
  look();
  return closed.promise;
}
