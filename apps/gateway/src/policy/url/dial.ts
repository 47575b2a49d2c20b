import { once } from 'node:events';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { DialTargets } from './dial-targets.ts';

/** No credential, no cookie, no referrer; and no compression, whose size nobody knows beforehand. */
const usual = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'HotPlex' };

type Asked = {
  signal: AbortSignal;
  /** What is posted; without it, the address is only asked for. */
  post?: { headers: Readonly<Record<string, string>>; body: string };
};

/** Sends one request to the very addresses that were vetted, and returns the answer, whatever it is. Throws INVALID_MESSAGE. */
export async function dial(
  { url, addresses }: DialTargets,
  { signal, post }: Asked,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  // NOTE: Node calls it for names only; an address in the URL is dialled as it is, and was vetted as it is.
  const lookup: LookupFunction = (_, { all }, callback) => {
    const answers = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first = { address: '', family: 0 }] = answers;
    if (all) callback(null, answers);
    else callback(null, first.address, first.family);
  };
  const method = post ? 'POST' : 'GET';
  const sent = request(url, {
    method,
    agent: false,
    headers: { ...usual, ...post?.headers },
    lookup,
    signal,
  });
  sent.end(post?.body);
  try {
    const [message] = (await once(sent, 'response')) as [IncomingMessage];
    // What was dialled is known for sure only now.
    if (addresses.includes(message.socket.remoteAddress ?? '')) return message;
    message.destroy();
    throw failure('it was reached at another address than the one that was looked at');
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw failure(`it cannot be reached${code === undefined ? '' : ` (${code})`}`);
  }
}

/** A resolver cannot be interrupted; nobody waits for it any longer. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {});
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop));
}

/** Why an address gave nothing. */
export const failure = (reason: string) =>
  new GatewayError('INVALID_MESSAGE', `the address could not be fetched: ${reason}`, {
    details: { fields: [{ field: 'url', problem: reason }] },
  });
