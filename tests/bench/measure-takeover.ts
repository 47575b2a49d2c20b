import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import type { TestCluster } from '../support/open-cluster.ts';
import { apiKey, type RunningGateway } from '../support/start-gateway.ts';

/** How a node goes away from its sessions. */
export type Leaving = 'SIGKILL' | 'SIGTERM' | 'SIGSTOP';

/**
 * From the moment at which a node goes away until a prompt that is sent at once, at another node, is answered there:
 * milliseconds. The client and the prompt find their way by themselves.
 */
export async function measureTakeover(
  { startNode }: Pick<TestCluster, 'startNode'>,
  { staying, leaving, env }: { staying: RunningGateway; leaving: Leaving; env: Record<string, string> },
): Promise<number> {
  const node = await startNode('leaving', env);
  const { id } = await new SessionsApi({ url: node.url, auth: apiKey }).create({ workerType: 'demo' });
  using client = new AepClient({
    ...{ url: staying.url, workerType: 'demo', sessionId: id, auth: apiKey },
    reconnect: { minMs: 20, maxMs: 200 },
  });
  await client.connect();
  await client.prompt('flood 1').done;
  const left = performance.now();
  node.process.kill(leaving);
  await client.prompt('flood 1').done;
  const tookMs = performance.now() - left;
  node.process.kill('SIGCONT');
  await node.stop();
  return tookMs;
}
