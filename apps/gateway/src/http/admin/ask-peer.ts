import type { Context } from 'hono';
import { GatewayError } from '../../ground/gateway-error.ts';
import { untilAborted } from '../../ground/until-aborted.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { askNode } from '../ask-node.ts';
import type { Peer, Peers } from './peers.ts';

/** For how long a node is waited for, milliseconds: one that hangs holds up nobody. */
export const patienceMs = 2_000;

/** What routes of operators are called at the port of users, by which other nodes are asked. */
const toPeerPath = (path: string) => path.replace(/^(\/api)?(\/admin)?/, '/api/admin');

/**
 * Has another node answer an operator's request about itself, in his name: whether he may is looked at there once more. The
 * answer is whole. Throws RECONNECT_REQUIRED if it does not come in time.
 */
export async function askPeer(
  c: Context<ApiEnvironment>,
  { name, life }: Peer,
  { connect, clock }: Pick<Peers, 'connect' | 'clock'>,
): Promise<Response> {
  const late = new AbortController();
  const timer = clock.after(patienceMs, () => late.abort());
  const signal = AbortSignal.any([c.req.raw.signal, late.signal]);
  const ask = async () => {
    const stream = await connect(life);
    // Nobody waits for the way there any more.
    if (signal.aborted) stream.destroy();
    const answer = await askNode(c, { sessionId: null, toPath: toPeerPath, stream, signal });
    if (answer === 'moved') throw new Error('it says that it is not there');
    return answer.body ? new Response(await answer.arrayBuffer(), answer) : answer;
  };
  try {
    signal.throwIfAborted();
    const tooLate = untilAborted(signal).then((): never => {
      throw signal.reason;
    });
    return await Promise.race([ask(), tooLate]);
  } catch (cause) {
    const message = `the node ${name} does not answer: try again, and look at it if it goes on so`;
    throw new GatewayError('RECONNECT_REQUIRED', message, { cause });
  } finally {
    timer.cancel();
  }
}
