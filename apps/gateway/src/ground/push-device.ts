import { GatewayError } from './gateway-error.ts';

/** A browser that somebody wants to be called in. Times are Unix milliseconds. */
export type PushDevice = {
  id: string;
  ownerId: string;
  /** Where its push service takes messages for it; whoever knows it can send some. */
  endpoint: string;
  /** The browser's public key and its secret, base64url (RFC 8291). */
  p256dh: string;
  auth: string;
  /** For its owner, to tell it from others. */
  name: string;
  language: 'en' | 'zh';
  /** Whether messages may say what a session is called. */
  showTitle: boolean;
  /** The sign-in that it belongs to, and ends with. */
  signedInAt: number;
  createdAt: number;
  /** Unless its page is opened once more by then. */
  expiresAt: number;
};

/** Where they are remembered. Throws GatewayError when the disk fails; then nothing has changed. */
export interface PushDevices {
  /**
   * Takes the place of what has the same endpoint; of one owner the newest twenty are kept. Throws FORBIDDEN for an endpoint
   * of somebody else: see `requireSameBrowser`.
   */
  savePushDevice(device: PushDevice): void;
  pushDevice(id: string): PushDevice | undefined;
  /** Oldest first. */
  pushDevices(ownerId: string): PushDevice[];
  /** With all that it was still to be told; false if there is none of that id. */
  removePushDevice(id: string): boolean;
  /** Those of one sign-in. */
  removePushDevicesOf(ownerId: string, signedInAt: number): void;
}

/**
 * Throws FORBIDDEN if an endpoint is another user's already, unless its keys are the same: those only the browser knows, and
 * whoever signed in to it last is called there.
 */
export function requireSameBrowser(known: PushDevice | undefined, device: PushDevice): void {
  if (!known || known.ownerId === device.ownerId) return;
  if (known.p256dh === device.p256dh && known.auth === device.auth) return;
  const message =
    'this endpoint belongs to another browser: turn push notifications off and on again in this one';
  throw new GatewayError('FORBIDDEN', message, { details: { fields: ['endpoint', 'keys'] } });
}

/** Of one owner. */
export const mostPushDevices = 20;

/** What the outbox calls a device. */
export const pushTarget = (deviceId: string) => `push:${deviceId}`;
