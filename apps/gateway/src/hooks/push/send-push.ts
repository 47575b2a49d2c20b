import type { Clock } from '../../ground/clock.ts';
import type { HookDelivery } from '../../ground/hook-delivery.ts';
import { type PushDevice, type PushDevices, pushTarget } from '../../ground/push-device.ts';
import type { Outcome } from '../format/to-outcome.ts';
import type { Attention } from './attention.ts';
import { encryptPayload } from './encrypt-payload.ts';
import type { PushNotice } from './to-notice.ts';

/** Posts to an address that was looked at before; throws what is wrong with it. */
export type PostPush = (request: {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}) => Promise<{ status: number }>;

export type SendPushOptions = {
  devices: Pick<PushDevices, 'pushDevice' | 'removePushDevice'>;
  attention: Attention;
  /** Says to a push service who we are: the Authorization for an endpoint (RFC 8292). */
  authorize: (endpoint: string) => Promise<string>;
  post: PostPush;
  clock: Clock;
};

/** A page says every few seconds that somebody looks at it. So long it may be silent, and somebody may still look. */
const silenceMs = 6_000;
/** After that nobody wants to hear of it any more; the push service forgets it, too. */
const lifetimeSeconds = 4 * 60 * 60;
/** What a push service may say later of the same message. */
const passing = new Set([408, 425, 429]);

/** Calls a device, unless its owner has looked since. Never throws. */
export function createSendPush(options: SendPushOptions) {
  const { devices, attention, clock } = options;
  return async ({ target, message }: Pick<HookDelivery, 'target' | 'message'>): Promise<Outcome> => {
    const notice = JSON.parse(message) as PushNotice;
    const device = devices.pushDevice(target.slice(pushTarget('').length));
    const now = clock.now();
    if (!device || device.expiresAt <= now || now - notice.at > lifetimeSeconds * 1_000)
      return { taken: true };
    const lookedAt = attention.of(device.ownerId) ?? 0;
    if (lookedAt >= notice.at) return { taken: true };
    if (now - lookedAt < silenceMs) return { taken: false, problem: 'somebody may still look', final: false };
    try {
      const { status } = await post(device, notice, options);
      if (status >= 200 && status <= 299) return { taken: true };
      // The browser has unsubscribed, or is gone.
      if (status === 404 || status === 410) devices.removePushDevice(device.id);
      const final = status >= 400 && status <= 499 && !passing.has(status);
      return { taken: false, problem: `the push service answers ${status}`, final };
    } catch (error) {
      return { taken: false, problem: error instanceof Error ? error.message : String(error), final: false };
    }
  };
}

async function post(device: PushDevice, notice: PushNotice, options: SendPushOptions) {
  const { authorize, post: send } = options;
  const { endpoint, language, showTitle } = device;
  const { kind, sessionId, title } = notice;
  const payload = { kind, session_id: sessionId, language, ...(showTitle && title !== null && { title }) };
  return send({
    url: endpoint,
    headers: {
      authorization: await authorize(endpoint),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(lifetimeSeconds),
      urgency: kind === 'asks' ? 'high' : 'normal',
    },
    body: encryptPayload(JSON.stringify(payload), device),
  });
}
