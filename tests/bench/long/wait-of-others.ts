import { setTimeout as sleep } from 'node:timers/promises';
import { SessionsApi } from '@hotplex/client-sdk';
import { ask } from '../../support/ask.ts';
import { apiKey } from '../../support/start-gateway.ts';
import type { RunningHotplex } from '../subjects/hotplex.ts';

const pauseMs = 2;

/** Forks a session and deletes the fork: the longest that somebody else waits for an answer while it is made, milliseconds. */
export async function waitOfOthers({ gateway, port }: RunningHotplex, sessionId: string): Promise<number> {
  const sessions = new SessionsApi({ url: gateway.url, auth: apiKey });
  let isMade = false;
  const making = sessions.fork(sessionId).finally(() => {
    isMade = true;
  });
  let longest = 0;
  while (!isMade) {
    const asked = performance.now();
    await ask(port, '/health');
    longest = Math.max(longest, performance.now() - asked);
    await sleep(pauseMs);
  }
  await sessions.remove((await making).id);
  return longest;
}
