/** The little of a request that decides whether it may come in at all. */
export type GuardedRequest = {
  url?: string | undefined;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
};

export type Verdict =
  | { allowed: true; origin: string | null }
  | { allowed: false; status: 400 | 403 | 421; code: 'FORBIDDEN' | 'INVALID_MESSAGE'; message: string };

export type RequestGuard = (request: GuardedRequest) => Verdict;

const credentialNames = ['token', 'access_token', 'api_key', 'apikey', 'key', 'ticket', 'auth', 'jwt'];

const refuse = (status: 400 | 403 | 421, message: string): Verdict => ({
  allowed: false,
  status,
  code: status === 400 ? 'INVALID_MESSAGE' : 'FORBIDDEN',
  message,
});

/**
 * Who may talk to this listener, before anything else is looked at: requests that name one of our hosts and, if a web
 * page sent them, come from one of our origins. Answers the same way for hostile headers; never throws (W1, W2, W6, A3).
 */
export function createRequestGuard({
  hosts,
  origins,
}: {
  hosts: readonly string[];
  origins: readonly string[];
}): RequestGuard {
  const allowedHosts = new Set(hosts.map((host) => host.toLowerCase()));
  const allowedOrigins = new Set(origins.map((origin) => origin.toLowerCase()));
  return ({ url = '', headers }) => {
    const { host, origin } = headers;
    if (typeof host !== 'string' || !allowedHosts.has(host.toLowerCase())) {
      return refuse(
        421,
        'this host name is not served here: add it to security.allowed_hosts if it should be',
      );
    }
    if (origin !== undefined && (typeof origin !== 'string' || !allowedOrigins.has(origin.toLowerCase()))) {
      return refuse(403, 'this origin may not connect: add it to security.allowed_origins if it should be');
    }
    if (carriesCredential(url))
      return refuse(400, 'credentials do not belong in the address: send them in a header');
    return { allowed: true, origin: typeof origin === 'string' ? origin.toLowerCase() : null };
  };
}

function carriesCredential(url: string): boolean {
  const query = url.slice(url.indexOf('?') + 1);
  if (!url.includes('?')) return false;
  const names = [...new URLSearchParams(query).keys()].map((name) => name.toLowerCase());
  return names.some((name) => credentialNames.includes(name));
}

/** The names by which a listener on this address is reached, with their port. */
export function ownHosts({ host, port }: { host: string; port: number }): string[] {
  const plain = host.replace(/^\[|\]$/g, '');
  const loopback = ['127.0.0.1', '::1', 'localhost'].includes(plain);
  const names = loopback ? ['127.0.0.1', 'localhost', '[::1]'] : [plain.includes(':') ? `[${plain}]` : plain];
  return names.map((name) => `${name}:${port}`);
}
