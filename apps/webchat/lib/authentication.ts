import { createObservable, type Observable } from './observable.ts';

/** Why the sign-in page is shown. */
export type SignedOutReason =
  | 'none'
  | 'code-refused'
  | 'expired'
  | 'signed-out'
  | 'key-refused'
  | 'account-refused'
  | 'provider-refused';

export type AuthenticationState =
  | { status: 'checking' }
  | { status: 'signed-in' }
  | { status: 'signed-out'; reason: SignedOutReason }
  | { status: 'unreachable' };

/** Who this tab is to the gateway. The access token and an API key exist in memory only (X6). */
export type Authentication = {
  state: Observable<AuthenticationState>;
  /** Signs in with a link's code, or renews from the cookie; `reason` is why there may be none. Safe to call twice. */
  start: (code: string | undefined, reason?: SignedOutReason) => Promise<void>;
  /** What the provider is called with which one can sign in; undefined if there is none. */
  provider: () => Promise<string | undefined>;
  /** A credential that is valid now, renewed when it is about to end. Rejects when there is none. */
  credential: () => Promise<string>;
  /** Uses an API key in this tab, if the gateway takes it. */
  useApiKey: (key: string) => Promise<void>;
  signOut: () => Promise<void>;
  /** Whether this tab came in with an API key, which is no sign-in. */
  isByKey: () => boolean;
  /** Ends every sign-in of this user, on all devices. Rejects, and leaves this one, if the gateway did not do it. */
  signOutEverywhere: () => Promise<void>;
  /** `fetch` of the same origin with the credential in its header; after a 401 it renews and tries once more. */
  fetch: typeof fetch;
};

type Options = {
  fetch: typeof fetch;
  now: () => number;
  /** Runs work alone among all tabs; the default is for browsers without the Web Locks API. */
  alone?: <T>(work: () => Promise<T>) => Promise<T>;
};

type Holding = { kind: 'token'; token: string; expiresAt: number } | { kind: 'key'; key: string };

const renewBeforeMs = 60_000;

export function createAuthentication({
  fetch: send,
  now,
  alone = (work) => work(),
}: Options): Authentication {
  const state = createObservable<AuthenticationState>({ status: 'checking' });
  let holding: Holding | undefined;
  let renewing: Promise<void> | undefined;
  let redeeming: Promise<void> | undefined;

  const post = (path: string, body: unknown) =>
    send(`/api/auth/${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const hold = async (response: Response) => {
    const body = (await response.json()) as { access_token: string; expires_in: number };
    holding = { kind: 'token', token: body.access_token, expiresAt: now() + body.expires_in * 1000 };
    state.set({ status: 'signed-in' });
  };

  const leave = (reason: SignedOutReason) => {
    holding = undefined;
    // What was still on its way when somebody signed out is refused, and that is no news.
    if (reason === 'expired' && state.get().status === 'signed-out') return;
    state.set({ status: 'signed-out', reason });
  };

  /** Never rejects: the outcome is in `state`. */
  const renew = (refused: SignedOutReason): Promise<void> => {
    renewing ??= alone(async () => {
      try {
        let response = await post('refresh', {});
        // Another tab may have used the cookie a moment ago; the browser has the new one by now.
        if (response.status === 401) response = await post('refresh', {});
        if (response.ok) await hold(response);
        else if (response.status >= 500) unreachable();
        else leave(refused);
      } catch {
        unreachable();
      }
    }).finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  /** A signed-in tab stays as it is while the gateway restarts; its socket tells the user. */
  const unreachable = () => {
    if (state.get().status !== 'signed-in') state.set({ status: 'unreachable' });
  };

  const redeem = async (code: string) => {
    try {
      const response = await post('sign-in', { code });
      if (response.ok) return await hold(response);
      if (response.status >= 500) return unreachable();
    } catch {
      return unreachable();
    }
    // A link opened twice: the cookie of the first time may still be good.
    await renew('code-refused');
  };

  const credential = async () => {
    if (holding?.kind === 'token' && holding.expiresAt - now() < renewBeforeMs) await renew('expired');
    if (!holding) throw Object.assign(new Error('Not signed in'), { code: 'AUTH_REQUIRED' });
    return holding.kind === 'key' ? holding.key : holding.token;
  };

  const withCredential = async (init: RequestInit | undefined): Promise<RequestInit> => {
    const value = await credential();
    const headers = new Headers(init?.headers);
    headers.delete('authorization');
    if (holding?.kind === 'key') headers.set('x-api-key', value);
    else headers.set('authorization', `Bearer ${value}`);
    return { ...init, headers, credentials: 'same-origin' };
  };

  const fetchAs: typeof fetch = async (input, init) => {
    const response = await send(input, await withCredential(init));
    if (response.status !== 401) return response;
    if (holding?.kind === 'key') {
      leave('key-refused');
      return response;
    }
    await renew('expired');
    return holding ? send(input, await withCredential(init)) : response;
  };

  return {
    state,
    credential,
    fetch: fetchAs,
    provider: async () => {
      const response = await send('/api/auth/methods', { credentials: 'same-origin' });
      const body = (await response.json()) as { oidc?: { name: string } | null };
      return body.oidc?.name;
    },
    start: (code, reason = 'none') => {
      if (state.get().status === 'signed-in') return Promise.resolve();
      if (code !== undefined) redeeming = redeem(code).finally(() => (redeeming = undefined));
      // NOTE: in development React starts the page twice, and only the first time finds the code in the address.
      return redeeming ?? renew(reason);
    },
    useApiKey: async (key) => {
      const response = await send('/api/agents', {
        credentials: 'same-origin',
        headers: { 'x-api-key': key },
      });
      if (!response.ok) return leave('key-refused');
      holding = { kind: 'key', key };
      state.set({ status: 'signed-in' });
    },
    signOut: async () => {
      const wasKey = holding?.kind === 'key';
      leave('signed-out');
      if (!wasKey) await post('sign-out', {}).catch(() => undefined);
    },
    isByKey: () => holding?.kind === 'key',
    signOutEverywhere: async () => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetchAs('/api/auth/sign-out-everywhere', {
        method: 'POST',
        headers,
        body: '{}',
      });
      if (!response.ok) throw new Error(`The gateway answered ${response.status}`);
      leave('signed-out');
    },
  };
}
