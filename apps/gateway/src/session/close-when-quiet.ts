import type { Session } from './session.ts';

/** Ends the session's agent when no turn runs, before it can begin another. */
export function closeWhenQuiet(session: Session): Promise<void> {
  const closed = Promise.withResolvers<void>();
  const look = () => {
    if (session.record.turn !== null) return;
    detach();
    // An agent that cannot be ended is met again when everything is closed.
    session.close({ keepAgent: false }).then(closed.resolve, () => closed.resolve());
  };
  const detach = session.attach({ deliver: look });
  look();
  return closed.promise;
}
