import type { Config } from '../../config-schema.ts';
import { endingPatienceMs } from '../../ending-time.ts';
import { type GatewayRecord, isAlive } from '../../gateway-record.ts';
import { StartError } from '../../ground/start-error.ts';
import { isGatewayAt } from './is-gateway-at.ts';
import { type Door, doorOf } from './own-door.ts';
import { waitFor } from './wait-for.ts';

type Stop = {
  /** SIGUSR2 leaves agents that can go on for the next gateway. */
  signal: 'SIGTERM' | 'SIGUSR2';
  /** Whether turns are not waited for. */
  now: boolean;
  /** Tells how long turns are, and how it is reached. */
  config: Pick<Config, 'gateway'>;
};

/** Ends a gateway in order and resolves once it is gone. Throws StartError if it does not go, or may be a stranger. */
export async function stopGateway(record: GatewayRecord, { signal, now, config }: Stop): Promise<void> {
  const { pid } = record;
  await refuseStranger(record, doorOf(config, record));
  const send = (what: NodeJS.Signals) => {
    try {
      process.kill(pid, what);
    } catch (cause) {
      if (isAlive(record))
        throw new StartError(`the gateway ${pid} belongs to another user: stop it as that one`, { cause });
    }
  };
  send(signal);
  if (now) send(signal);
  // Ctrl+C means the same here as in the gateway's own terminal: do not wait for turns.
  const hurry = () => send(signal);
  process.on('SIGINT', hurry);
  await untilGone(record, config.gateway.drain_timeout).finally(() => process.off('SIGINT', hurry));
}

/** Where no process table tells when a process began, its pid may be a stranger's since: then the gateway has to answer. */
async function refuseStranger({ pid, start_time: startTime }: GatewayRecord, door: Door): Promise<void> {
  if (startTime !== null || (await isGatewayAt(door))) return;
  throw new StartError(
    `no gateway answers at ${door.url}, so process ${pid} may be another program: if ps -p ${pid} shows the gateway, end it with kill ${pid}; if not, delete gateway.json beside the database`,
  );
}

/** Resolves once a gateway that is ending has ended. Throws StartError if it does not. */
export async function untilGone(record: GatewayRecord, drainMs: number): Promise<void> {
  const isGone = await waitFor(() => (isAlive(record) ? undefined : true), drainMs + endingPatienceMs);
  if (!isGone)
    throw new StartError(`the gateway ${record.pid} does not end: look into its log, or end it with kill -9`);
}
