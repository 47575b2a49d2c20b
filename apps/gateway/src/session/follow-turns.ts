import { z } from 'zod';
import type { EventRecord } from '../store/store.ts';
import type { Subscriber } from './subscriber.ts';

type TurnFollower = { begins(turnId: string): void; ends(turnId: string): void };

const stateData = z.object({ state: z.string() });

/** Follows a session only for the beginnings and ends of its turns. */
export function followTurns({ begins, ends }: TurnFollower): Subscriber {
  return {
    deliver(events) {
      for (const event of events) {
        if (event.turnId === null) continue;
        if (isBeginning(event)) begins(event.turnId);
        else if (event.type === 'done') ends(event.turnId);
      }
    },
  };
}

function isBeginning({ type, data }: EventRecord): boolean {
  return type === 'state' && stateData.parse(JSON.parse(data)).state === 'running';
}
