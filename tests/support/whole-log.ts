import type { ServerEnvelope } from '@hotplex/aep-protocol';
import type { SessionsApi } from '@hotplex/client-sdk';

/** The whole log of a session, read by HTTP. */
export async function wholeLog(api: SessionsApi, sessionId: string): Promise<ServerEnvelope[]> {
  const log: ServerEnvelope[] = [];
  for await (const event of api.allEvents(sessionId)) log.push(event);
  return log;
}
