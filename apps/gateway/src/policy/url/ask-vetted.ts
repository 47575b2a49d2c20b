import { once } from 'node:events';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { GatewayError } from '../../ground/gateway-error.ts';
import { type DialRules, type DialTargets, dialTargets } from './dial-targets.ts';
import { fetchFailure } from './fetch-failure.ts';

export type VettedRequest = {
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array | undefined;
  signal: AbortSignal;
};

/**
 * Sends one request to an address that was vetted, at the very addresses that were vetted (U1 to U3, U5); proxies of the
 * environment are not used, and redirects are answers like others. Throws GatewayError, or what the signal says.
 */
export async function askVetted(
  text: string,
  rules: DialRules,
  request: VettedRequest,
): Promise<{ url: URL; message: IncomingMessage }> {
  const targets = await unlessAborted(dialTargets(text, rules), request.signal);
  return { url: targets.url, message: await dial(targets, request) };
}

async function dial(
  { url, addresses }: DialTargets,
  { method, headers, body, signal }: VettedRequest,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  // NOTE: Node calls it for names only; an address in the URL is dialled as it is, and was vetted as it is.
  const lookup: LookupFunction = (_, { all }, callback) => {
    const answers = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first = { address: '', family: 0 }] = answers;
    if (all) callback(null, answers);
    else callback(null, first.address, first.family);
  };
  const sent = request(url, { agent: false, method, headers, lookup, signal });
  sent.end(body);
  try {
    const [message] = (await once(sent, 'response')) as [IncomingMessage];
    // What was dialled is known for sure only now.
    if (addresses.includes(message.socket.remoteAddress ?? '')) return message;
    message.destroy();
    throw fetchFailure('it was reached at another address than the one that was looked at');
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw fetchFailure(`it cannot be reached${code === undefined ? '' : ` (${code})`}`);
  }
}

/** A resolver cannot be interrupted; nobody waits for it any longer. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {});
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop));
}
