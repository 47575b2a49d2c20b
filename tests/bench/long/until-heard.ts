import { AepClient } from '@hotplex/client-sdk';
import { apiKey } from '../../support/start-gateway.ts';
import type { RunningHotplex } from '../subjects/hotplex.ts';

/** So long an agent speaks; it is heard again before that is over. */
const pieces = 300;
/** So many of them are heard before the gateway is killed. */
const heardFirst = 3;

/** Kills the gateway while the agent of a session speaks and starts another: milliseconds until a client that was there hears the agent again. */
export async function untilHeardAgain({ gateway }: RunningHotplex, sessionId: string): Promise<number> {
  using client = new AepClient({
    ...{ url: gateway.url, workerType: 'claude_code', sessionId, auth: apiKey },
    reconnect: { minMs: 5, maxMs: 20 },
  });
  await client.connect();
  const heard = (count: number) =>
    new Promise<void>((resolve) => {
      let left = count;
      const stop = client.onEvent(({ event }) => {
        if (event.type === 'message.delta') left -= 1;
        if (left > 0) return;
        stop();
        resolve();
      });
    });
  const turn = client.prompt(`count=${pieces} rate=10`);
  await heard(heardFirst);
  await gateway.kill();
  const killed = performance.now();
  const again = heard(1);
  await gateway.restart();
  await again;
  const tookMs = performance.now() - killed;
  await turn.interrupt().catch(() => {});
  await turn.done.catch(() => {});
  return tookMs;
}
