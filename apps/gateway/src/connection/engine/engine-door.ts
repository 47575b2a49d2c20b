import { z } from 'zod';
import type { FrontDoor, Line, Visitor } from '../front-door.ts';
import { EngineVisit, type EngineVisitOptions } from './engine-visit.ts';

/** Every frame of AEP carries its event in an object; those of the older engine have a bare type. */
const aepFrame = z.looseObject({ event: z.looseObject({}) });

type EngineDoorOptions = EngineVisitOptions & {
  /** Who speaks AEP at this path is led on. */
  greet(visitor: Visitor): Line;
};

/** `/ws/v1/agent`, where the older engine had its socket: the first frame says which of the two is spoken. */
export const createEngineDoor =
  ({ greet, ...options }: EngineDoorOptions): FrontDoor =>
  (visitor) => {
    let line: Line | undefined;
    const visit = new EngineVisit(visitor, options);
    const choose = (text: string): Line => {
      if (!isAep(text)) return visit;
      visit.handOver();
      return greet(visitor);
    };
    return {
      receive(text) {
        line ??= choose(text);
        line.receive(text);
      },
      leave: (reason) => (line ?? visit).leave(reason),
      closed: () => (line ?? visit).closed(),
    };
  };

function isAep(text: string): boolean {
  try {
    return aepFrame.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
