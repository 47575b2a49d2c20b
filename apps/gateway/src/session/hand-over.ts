import { movedOn } from './ask-owner.ts';
import { closeWhenQuiet } from './close-when-quiet.ts';
import type { Session } from './session.ts';

/** Ends the work for a session here once its turn is over, for another gateway to go on; resolves when all of it is settled. */
export async function handOver(session: Session): Promise<void> {
  await closeWhenQuiet(session);
  await session.settled();
  session.lose(movedOn());
}
