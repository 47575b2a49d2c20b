import { randomUUID } from 'node:crypto';
import { SessionsApi } from '@hotplex/client-sdk';
import { apiKey } from '../../support/start-gateway.ts';
import { type BenchClient, openClient } from '../open-client.ts';
import type { Rig } from '../rig.ts';
import { type RunningHotplex, speakToHotplex } from '../subjects/hotplex.ts';

/** A session that is gone on with again and again, and whose agent stays. */
export type NamedSession = {
  id: string;
  /** Has a client of the bench while something is done: one that does nothing for long does not answer the gateway's pings. */
  speak<T>(work: (client: BenchClient) => Promise<T>): Promise<T>;
  /** How many events its log has. */
  lastSeq(): Promise<number>;
};

/** Opens the session of a name, or goes on with it. */
export async function openNamedSession(
  rig: Rig,
  running: RunningHotplex,
  name: string,
): Promise<NamedSession> {
  const { gateway, port } = running;
  const sessions = new SessionsApi({ url: gateway.url, auth: apiKey });
  // The client of the bench gives each a number.
  const { id } = await sessions.create({ workerType: 'claude_code', clientKey: `${name}-0` });
  return {
    id,
    async speak(work) {
      const pid = gateway.process.pid ?? 0;
      await using client = await openClient(rig, { port, pid, ...speakToHotplex(name, randomUUID()) }, 1);
      return await work(client);
    },
    lastSeq: async () => (await sessions.get(id)).last_seq,
  };
}
