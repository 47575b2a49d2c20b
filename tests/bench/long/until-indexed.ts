import { setTimeout as sleep } from 'node:timers/promises';
import { SessionsApi } from '@hotplex/client-sdk';
import { apiKey } from '../../support/start-gateway.ts';
import type { RunningHotplex } from '../subjects/hotplex.ts';

const lookMs = 200;

/** What is said is searchable a while later: resolves when a session's last words are, and the gateway reads no log any more. */
export async function untilIndexed(
  { gateway }: RunningHotplex,
  sessionId: string,
  words: string,
): Promise<void> {
  const sessions = new SessionsApi({ url: gateway.url, auth: apiKey });
  const isFound = async () =>
    (await sessions.search(words)).hits.some(({ session_id }) => session_id === sessionId);
  while (!(await isFound())) await sleep(lookMs);
}
