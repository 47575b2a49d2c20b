import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export type OidcProvider = AsyncDisposable & {
  issuer: string;
  /** Whoever sits before the browser: the account that signs in next; `undefined` refuses. */
  user: string | undefined;
  /** Every token it gave out, of whatever kind. */
  tokens: string[];
  /** Whether it answers at its token endpoint that it has failed. */
  isBroken: boolean;
  /** Whether the keys that it publishes are not those that sign its tokens. */
  isForged: boolean;
};

type Accounts = Readonly<Record<string, Record<string, unknown>>>;
type Client = { clientId: string; clientSecret: string; redirectUri: string };

/** An OpenID Connect provider on loopback, with these accounts and their claims. Its user clicks at once on what he is asked. */
export async function openOidcProvider(accounts: Accounts, client: Client): Promise<OidcProvider> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Another site than the gateway's, as in real life: what its cookies must bear.
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'provider' };
  const other = {
    ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
    ...{ use: 'sig', alg: 'ES256', kid: 'provider' },
  };
  const provider = new Provider(issuer, {
    jwks: { keys: [key] },
    cookies: { keys: ['of the tests'] },
    clients: [
      {
        ...{ client_id: client.clientId, client_secret: client.clientSecret },
        ...{ redirect_uris: [client.redirectUri], id_token_signed_response_alg: 'ES256' },
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['groups'] },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, ...accounts[accountId] }),
    }),
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  });
  const answer = provider.callback();
  const shown: OidcProvider = {
    ...{ issuer, user: undefined, tokens: [], isBroken: false, isForged: false },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  provider.on('grant.success', ({ body }) => {
    const given = body as Record<string, unknown>;
    for (const name of ['access_token', 'id_token', 'refresh_token'])
      if (typeof given[name] === 'string') shown.tokens.push(given[name]);
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (shown.isForged && request.url === '/jwks')
      return void response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ keys: [other] }));
    if (shown.isBroken && request.url === '/token') return void response.writeHead(502).end();
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    void click(provider, { request, response, user: shown.user });
  });
  return shown;
}

type Click = { request: IncomingMessage; response: ServerResponse; user: string | undefined };

async function click(provider: Provider, { request, response, user }: Click): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  const finish = (result: Parameters<typeof provider.interactionFinished>[2]) =>
    provider.interactionFinished(request, response, result);
  if (user === undefined) return finish({ error: 'access_denied', error_description: 'he does not want to' });
  if (prompt.name === 'login') return finish({ login: { accountId: user } });
  const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  return finish({ consent: { grantId: await grant.save() } });
}
