import { createECDH } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import type { PushDevice, PushDevices } from '../ground/push-device.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { type DeviceView, pushRoutes as routes } from './push-routes.ts';
import { refuseInvalid } from './refuse-invalid.ts';

/** What the rest of the gateway does of it. */
export type PushDoor = {
  publicKey(): string;
  attention: { note(ownerId: string, now: number): void };
};

export type PushApiOptions = {
  /** Undefined where the operator wants none of it. */
  push: PushDoor | undefined;
  devices: PushDevices;
  clock: Clock;
  ids: Ids;
};

/** As long as a sign-in lasts without a visit; the page saves its device again at each. */
const lifetimeMs = 30 * 24 * 60 * 60_000;

/** The browsers in which people want to be called. They belong to a sign-in, and end with it. */
export function createPushApi({ push, devices, clock, ids }: PushApiOptions) {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });

  api.openapi(routes.key, (c) => c.json({ public_key: push?.publicKey() ?? null }, 200));

  api.openapi(routes.list, (c) =>
    c.json({ devices: devices.pushDevices(c.get('identity').subject).map(toView) }, 200),
  );

  api.openapi(routes.save, (c) => {
    if (!push)
      throw new GatewayError('NOT_SUPPORTED', 'the operator has turned Web Push off: see push.enabled');
    const { subject: ownerId, ...signIn } = c.get('identity');
    const signedInAt = signInOf(signIn);
    const { endpoint, keys, name, language, show_title: showTitle } = c.req.valid('json');
    requirePoint(keys.p256dh);
    const now = clock.now();
    const known = devices.pushDevices(ownerId).find((device) => device.endpoint === endpoint);
    const device: PushDevice = {
      ...{ id: known?.id ?? ids.uuid(), ownerId, endpoint, ...keys, name, language, showTitle, signedInAt },
      ...{ createdAt: known?.createdAt ?? now, expiresAt: now + lifetimeMs },
    };
    devices.savePushDevice(device);
    return c.json(toView(device), 200);
  });

  api.openapi(routes.remove, (c) => {
    const { device_id: id } = c.req.valid('param');
    if (devices.pushDevice(id)?.ownerId === c.get('identity').subject) devices.removePushDevice(id);
    return c.body(null, 204);
  });
  return api;
}

/** What signs in with a key, or for a bot, has no browser. */
function signInOf({ method, botId, signedInAt }: Omit<Identity, 'subject'>): number {
  if (method !== 'token' || botId !== null || signedInAt === null)
    throw new GatewayError(
      'FORBIDDEN',
      'only a browser that is signed in can be called: a key is no sign-in',
    );
  return signedInAt;
}

/** What is encrypted for no point of the curve would fail each time. */
function requirePoint(p256dh: string): void {
  try {
    const own = createECDH('prime256v1');
    own.generateKeys();
    own.computeSecret(p256dh, 'base64url');
  } catch {
    throw new GatewayError('INVALID_MESSAGE', 'keys.p256dh is no point of the curve P-256', {
      details: { fields: ['keys.p256dh'] },
    });
  }
}

const toView = ({ id, name, language, showTitle, createdAt }: PushDevice): DeviceView => ({
  ...{ id, name, language, show_title: showTitle },
  created_at: new Date(createdAt).toISOString(),
});
