import { AuthorizationError, connect, type NatsConnection } from '@nats-io/transport-node';
import { StartError } from '../../ground/start-error.ts';

type ConnectOptions = {
  /** One address or several of one NATS, with commas between them: `nats://user:password@host:4222`, `tls://host`. */
  url: string;
  /** What NATS calls this connection. */
  name: string;
  leaseMs: number;
};

/** Tried again this soon after a connection was lost, milliseconds. */
const againMs = 100;

/** A connection that comes back by itself, for as long as it is not closed. Throws StartError with the remedy. */
export async function connectNats({ url, name, leaseMs }: ConnectOptions): Promise<NatsConnection> {
  const addresses = url.split(',').map((address) => new URL(address.trim()));
  const servers = addresses.map(({ host }) => host);
  try {
    return await connect({
      servers,
      name,
      ...credentialOf(addresses[0]),
      ...(addresses.some(({ protocol }) => protocol === 'tls:') && { tls: {} }),
      maxReconnectAttempts: -1,
      ignoreAuthErrorAbort: true,
      reconnectTimeWait: againMs,
      reconnectJitter: againMs,
      // A connection over which nothing comes back is given up, and made anew, before the lease is over.
      pingInterval: leaseMs / 5,
      maxPingOut: 2,
      timeout: Math.min(leaseMs, 5_000),
      noAsyncTraces: true,
    });
  } catch (cause) {
    throw new StartError(reasonOf(cause, servers.join(', ')), { cause });
  }
}

/** As NATS wants it: a user and a password, or a token in place of a user. */
function credentialOf(address: URL | undefined): { user?: string; pass?: string; token?: string } {
  const [user, pass] = [address?.username, address?.password].map((part) => decodeURIComponent(part ?? ''));
  if (!user) return {};
  return pass ? { user, pass } : { token: user };
}

function reasonOf(cause: unknown, servers: string): string {
  if (cause instanceof AuthorizationError)
    return `NATS at ${servers} refuses the credential in cluster.url: correct the user and password, or the token, that stand before the host`;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return `NATS at ${servers} cannot be reached (${reason}): start it, or correct cluster.url (HOTPLEX_CLUSTER_URL)`;
}
