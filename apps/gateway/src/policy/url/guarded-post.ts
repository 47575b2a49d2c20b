import type { Clock } from '../../ground/clock.ts';
import type { DialRules } from './dial-targets.ts';
import { fetchFailure } from './fetch-failure.ts';
import { createGuardedExchange } from './guarded-exchange.ts';
import { plainHeaders } from './plain-headers.ts';

type PostRules = Omit<DialRules, 'allowedHosts'> & { clock: Clock };

type Posted = {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
  /** For everything together, milliseconds. */
  timeoutMs: number;
  /** Whether the operator says that this address may be one of his own network. */
  mayBePrivate: boolean;
};

/** Posts to an address of the operator's, and returns the answer. Throws GatewayError. */
export type GuardedPost = (posted: Posted) => Promise<{ status: number; body: string }>;

/** As guarded as what is fetched (U1 to U5), and led nowhere else: what is posted is meant for this address alone. */
export function createGuardedPost({ clock, ...rules }: PostRules): GuardedPost {
  return async ({ url, headers, body, timeoutMs, mayBePrivate }) => {
    const abort = new AbortController();
    const { signal } = abort;
    const patience = clock.after(timeoutMs, () =>
      abort.abort(fetchFailure(`it took longer than ${Math.round(timeoutMs / 1_000)} s`)),
    );
    const host = URL.parse(url)?.hostname.replace(/^\[|\]$/g, '') ?? '';
    const exchange = createGuardedExchange({ ...rules, allowedHosts: new Set(mayBePrivate ? [host] : []) });
    try {
      const answer = await exchange(url, {
        ...{ method: 'POST', body, signal },
        headers: { ...plainHeaders, ...headers },
      });
      return { status: answer.status, body: answer.body.toString() };
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      patience.cancel();
    }
  };
}
