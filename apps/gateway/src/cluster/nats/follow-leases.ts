import type { NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import type { Following, LeaseBucket, LeaseEntry } from './lease-bucket.ts';

type FollowOptions = {
  connection: NatsConnection;
  bucket: LeaseBucket;
  /** Hears what stands in the bucket, and of every change; of some of them twice. */
  hear(entry: LeaseEntry): void;
  /** The connection was lost, and is there again. */
  onBack(): void;
  clock: Clock;
  logger: Logger;
};

/** After a failure it is tried again so soon, milliseconds. */
const againMs = 500;

/**
 * Hears of all leases, over lost connections and restarts of NATS, until it is stopped. Resolves when what stood there was
 * heard. Throws if NATS does not answer.
 */
export async function followLeases({
  connection,
  bucket,
  hear,
  onBack,
  clock,
  logger,
}: FollowOptions): Promise<() => void> {
  let current: Following | undefined;
  let isStopped = false;
  const follow = async () => {
    const before = current;
    current = undefined;
    before?.stop();
    const following = await bucket.follow(hear);
    if (isStopped) return following.stop();
    current = following;
    void following.ended.then(() => {
      if (current === following) later();
    });
  };
  const later = () => void clock.after(againMs, () => isStopped || followAgain());
  const followAgain = () => {
    follow().catch((error: Error) => {
      logger.warn({ error: error.message }, 'the leases of other nodes cannot be followed: trying again');
      later();
    });
  };
  const watchConnection = async () => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') logger.warn({}, 'the connection to NATS is lost: trying again');
      if (status.type === 'error') logger.warn({ error: status.error.message }, 'NATS refused something');
      if (status.type !== 'reconnect') continue;
      logger.info({}, 'the connection to NATS is there again');
      onBack();
      followAgain();
    }
  };
  await follow();
  void watchConnection();
  return () => {
    isStopped = true;
    current?.stop();
  };
}
