import { StartError } from '../../ground/start-error.ts';
import type { Bus } from '../bus.ts';
import { connectNats } from './connect-nats.ts';
import { NatsBus, type NatsBusOptions } from './nats-bus.ts';

/** Joins the cluster at this NATS as another life of a node. Throws StartError with the remedy. */
export async function openNatsBus({
  url,
  ...options
}: Omit<NatsBusOptions, 'connection'> & { url: string }): Promise<Bus> {
  const { node, leaseMs } = options;
  const connection = await connectNats({ url, name: `hotplex ${node}`, leaseMs });
  const bus = new NatsBus({ connection, ...options });
  try {
    await bus.begin();
    return bus;
  } catch (cause) {
    await connection.close();
    throw cause instanceof StartError ? cause : toStartError(cause);
  }
}

function toStartError(cause: unknown): StartError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StartError(
    `NATS has no JetStream for this gateway (${reason}): start nats-server with --jetstream, and let the user of cluster.url use it`,
    { cause },
  );
}
