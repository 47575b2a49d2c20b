import { StartError } from '../ground/start-error.ts';

/** The little of a request that decides whether it may come in at all. */
export type GuardedRequest = {
  /** The request target as it was sent. */
  url?: string | undefined;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The port it came in on: our own names end with it. */
  localPort: number | undefined;
  /** Whether it asks to become a socket. */
  upgrade: boolean;
};

export type Refusal = {
  allowed: false;
  status: 400 | 403 | 421;
  code: 'FORBIDDEN' | 'INVALID_MESSAGE';
  message: string;
};
export type Verdict = { allowed: true } | Refusal;
export type RequestGuard = (request: GuardedRequest) => Verdict;

type Scheme = 'http' | 'https';

type GuardOptions = {
  /** `host` or `host:port` as a browser names it, beside 127.0.0.1, localhost and [::1] with the listener's port. */
  hosts: readonly string[];
  /** Origins of pages, beside those of our own names; `none` refuses every page, ours included. */
  origins: readonly string[] | 'none';
  /** How pages of our own names reach us. */
  scheme?: Scheme;
  /** Header that carries API keys; undefined where they are not taken. */
  apiKeyHeader?: string;
};

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];
const credentialNames = new Set([
  ...['token', 'access_token', 'refresh_token', 'id_token', 'auth_token', 'jwt', 'bearer', 'authorization'],
  ...['api_key', 'api-key', 'apikey', 'x-api-key', 'key', 'ticket', 'auth', 'secret', 'password'],
]);

/**
 * Who may talk to a listener, before anything else is looked at: requests that name one of our hosts (against DNS
 * rebinding) and, if a page sent them, one of our origins. Answers hostile headers like any others; never throws
 * (W1, W2, W6, A3). Throws StartError for a list that would let in more than it says.
 */
export function createRequestGuard({
  hosts,
  origins,
  scheme = 'http',
  apiKeyHeader,
}: GuardOptions): RequestGuard {
  const otherHosts = new Set(hosts.map(parseHost));
  const isAllowedOrigin = createOriginCheck({ origins, hosts: otherHosts, scheme });
  const keyHeader = apiKeyHeader?.toLowerCase() ?? 'authorization';

  return ({ url = '', headers, localPort, upgrade }) => {
    const own = ownHosts(localPort, scheme);
    const host = typeof headers.host === 'string' ? headers.host.toLowerCase() : '';
    if (!own.includes(host) && !otherHosts.has(host))
      return refuse(
        421,
        'this host name is not served here: add it to security.allowed_hosts if it should be',
      );
    const { origin } = headers;
    if (origin !== undefined && (typeof origin !== 'string' || !isAllowedOrigin(origin, own)))
      return refuse(403, 'this origin may not connect: add it to security.allowed_origins if it should be');
    // NOTE: every browser names the origin of a socket, so a cookie without one was not sent by a page of ours. Programs
    // that sign in with the first frame (the SDK on Node) can set no headers and send neither.
    const hasHeaderCredential = headers.authorization !== undefined || headers[keyHeader] !== undefined;
    if (upgrade && origin === undefined && headers.cookie !== undefined && !hasHeaderCredential)
      return refuse(403, 'a cookie opens no socket: send a token in a header or in init');
    if (!url.startsWith('/')) return refuse(400, 'the request target must be a path');
    if (carriesCredential(url))
      return refuse(400, 'credentials do not belong in the address: send them in a header');
    return { allowed: true };
  };
}

const refuse = (status: Refusal['status'], message: string): Refusal => ({
  ...{ allowed: false, status, message },
  code: status === 400 ? 'INVALID_MESSAGE' : 'FORBIDDEN',
});

type OriginRules = Required<Pick<GuardOptions, 'origins' | 'scheme'>> & { hosts: ReadonlySet<string> };

/** Origins are compared whole. A further host may stand behind a proxy that speaks https for it, while we speak http. */
function createOriginCheck({ origins, hosts, scheme }: OriginRules) {
  if (origins === 'none') return () => false;
  const others = new Set([
    ...origins.map(parseOrigin),
    ...[...hosts].map((host) => `https://${host}`),
    ...(scheme === 'http' ? [...hosts].map((host) => `http://${host}`) : []),
  ]);
  return (origin: string, own: readonly string[]) =>
    others.has(origin) || own.some((name) => origin === `${scheme}://${name}`);
}

/** Browsers leave the scheme's own port out. */
function ownHosts(port: number | undefined, scheme: Scheme): string[] {
  const bare = port === (scheme === 'http' ? 80 : 443) ? loopbackNames : [];
  return [...bare, ...loopbackNames.map((name) => `${name}:${port}`)];
}

function carriesCredential(url: string): boolean {
  const query = url.indexOf('?');
  if (query === -1) return false;
  const names = [...new URLSearchParams(url.slice(query)).keys()];
  return names.some((name) => credentialNames.has(name.toLowerCase()));
}

function parseHost(host: string): string {
  if (/^([a-z0-9_.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(host)) return host.toLowerCase();
  throw new StartError(
    `security.allowed_hosts: ${host} is not a host name: write it as chat.example.com or 10.0.0.5:8888`,
  );
}

function parseOrigin(origin: string): string {
  const isWhole = URL.canParse(origin) && new URL(origin).origin === origin;
  if (isWhole && /^https?:[^*]+$/.test(origin)) return origin;
  throw new StartError(
    `security.allowed_origins: ${origin} is not one origin: write scheme, host and port, such as https://chat.example.com`,
  );
}
