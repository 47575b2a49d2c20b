import { GatewayError } from '../ground/gateway-error.ts';
import type { SessionOwner } from './find-owner.ts';

/**
 * Has the node of a session do something, unless that is this one. If the session has moved on meanwhile it is looked for
 * once more. Throws RECONNECT_REQUIRED if it has moved again, and what `find` and `ask` throw.
 */
export async function askOwner<T>(
  find: () => Promise<'here' | SessionOwner>,
  ask: (owner: SessionOwner) => Promise<T | 'moved'>,
): Promise<T | 'here'> {
  for (let tries = 0; tries < 2; tries += 1) {
    const owner = await find();
    if (owner === 'here') return owner;
    const answer = await ask(owner);
    if (answer !== 'moved') return answer;
  }
  throw movedOn();
}

/** The session is about to be worked for elsewhere. */
export const movedOn = (): GatewayError =>
  new GatewayError('RECONNECT_REQUIRED', 'this session is moving to another node: try again in a moment');
