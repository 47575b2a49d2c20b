import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../ground/clock.ts';
import { GatewayError } from '../../ground/gateway-error.ts';
import { askVetted } from './ask-vetted.ts';
import type { DialRules } from './dial-targets.ts';
import { fetchFailure } from './fetch-failure.ts';
import { plainHeaders } from './plain-headers.ts';

export type FetchLimits = {
  /** Largest body, bytes. */
  maxBytes: number;
  /** For everything together: names, redirects and the body. */
  timeoutMs: number;
};

/** Whoever gets it disposes of it, or the connection of a body that nobody reads is open until its time is over. */
export type Fetched = Disposable & {
  /** Where the last redirect led. */
  url: URL;
  /** Throws GatewayError for a body that is too large or takes too long. */
  body: AsyncIterable<Buffer>;
};

/** Throws POLICY_DENIED for an address that must not be asked, INVALID_MESSAGE for one that gives nothing. */
export type GuardedFetch = (url: string, limits: FetchLimits) => Promise<Fetched>;

const mostRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * The one way in which the gateway fetches an address that somebody else chose. Each hop is vetted anew, and the very
 * addresses that were vetted are dialled (U1 to U5). Proxies of the environment are not used.
 */
export function createGuardedFetch(rules: DialRules & { clock: Clock }): GuardedFetch {
  return async (text, { maxBytes, timeoutMs }) => {
    const abort = new AbortController();
    const patience = rules.clock.after(timeoutMs, () =>
      abort.abort(fetchFailure(`it took longer than ${Math.round(timeoutMs / 1_000)} s`)),
    );
    try {
      const { url, message } = await follow(text, rules, abort.signal);
      return {
        url,
        body: limited(message, { maxBytes, signal: abort.signal }),
        [Symbol.dispose]() {
          patience.cancel();
          message.destroy();
        },
      };
    } catch (error) {
      patience.cancel();
      throw abort.signal.aborted ? abort.signal.reason : error;
    }
  };
}

async function follow(text: string, rules: DialRules, signal: AbortSignal) {
  let address = text;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const { url, message } = await askVetted(address, rules, {
      method: 'GET',
      headers: plainHeaders,
      signal,
    });
    const { statusCode: status = 0, headers: sent } = message;
    if (status === 200) return { url, message };
    message.destroy();
    if (!redirects.has(status) || sent.location === undefined) throw fetchFailure(`it answers ${status}`);
    const next = URL.parse(sent.location, url);
    if (url.protocol === 'https:' && next?.protocol === 'http:')
      throw fetchFailure('it leads from https to http');
    address = next?.href ?? sent.location;
  }
  throw fetchFailure(`it redirects more than ${mostRedirects} times`);
}

type Bounds = { maxBytes: number; signal: AbortSignal };

async function* limited(message: IncomingMessage, { maxBytes, signal }: Bounds): AsyncGenerator<Buffer> {
  const tooLarge = () =>
    new GatewayError('INVALID_MESSAGE', `the file is larger than ${maxBytes} bytes: send a smaller one`, {
      details: { reason: 'too_large', limit: maxBytes },
    });
  try {
    if ((message.headers['content-encoding'] ?? 'identity') !== 'identity')
      throw fetchFailure('it answers compressed, although it was asked not to');
    if (Number(message.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
    let bytes = 0;
    for await (const chunk of message as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge();
      yield chunk;
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error instanceof GatewayError ? error : fetchFailure('it broke off');
  }
}
