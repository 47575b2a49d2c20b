import { loadPushKey } from './auth/push-key.ts';
import { type PushKey, vapidHeader } from './auth/vapid-header.ts';
import type { Config } from './config-schema.ts';
import { openKeyFile } from './gateway-key-file.ts';
import type { Clock } from './ground/clock.ts';
import type { HookOutbox } from './ground/hook-delivery.ts';
import { type Logger, logOf } from './ground/logger.ts';
import type { PushDevices } from './ground/push-device.ts';
import { Attention } from './hooks/push/attention.ts';
import { PushNotices } from './hooks/push/push-notices.ts';
import { createSendPush } from './hooks/push/send-push.ts';
import { ownAddresses } from './own-addresses.ts';
import { createGuardedPost } from './policy/url/guarded-post.ts';
import { resolveName } from './policy/url/resolve-name.ts';
import type { Store } from './store/store.ts';

type PushParts = {
  config: Config;
  dataDir: string;
  store: HookOutbox & PushDevices & Pick<Store, 'sharedKeys'>;
  /** Grows when the listener is open. */
  gatewayPorts: readonly number[];
  clock: Clock;
  random: () => number;
  logger: Logger;
};

export type GatewayPush = {
  notices: PushNotices;
  attention: Attention;
  /** What browsers subscribe with; made when it is first asked for. Throws GatewayError. */
  publicKey(): string;
};

/** Calls people in their browsers; undefined where the operator wants none of it. */
export function openPush(parts: PushParts): GatewayPush | undefined {
  const { config, store, gatewayPorts, clock, random, logger } = parts;
  const { enabled, contact, hosts } = config.push;
  if (!enabled) return undefined;
  const keyFile = openKeyFile('push-key', parts);
  let loaded: PushKey | undefined;
  const key = () => {
    if (!loaded) keyFile.refresh();
    loaded ??= loadPushKey(keyFile.file);
    return loaded;
  };
  const post = createGuardedPost({ gatewayPorts, clock, resolve: resolveName, ownAddresses });
  const attention = new Attention();
  const send = createSendPush({
    ...{ devices: store, attention, clock },
    authorize: (endpoint) => vapidHeader(endpoint, { key: key(), contact, now: clock.now() }),
    post(request) {
      const { host, hostname } = new URL(request.url);
      const mayBePrivate = hosts.includes(host) || hosts.includes(hostname);
      return post({ ...request, timeoutMs: config.hooks.timeout, mayBePrivate });
    },
  });
  const notices = new PushNotices({
    ...{ devices: store, outbox: store, send, clock, random },
    ...{ attempts: config.hooks.attempts, logger: logOf('push', logger) },
  });
  return { notices, attention, publicKey: () => key().publicKey };
}
