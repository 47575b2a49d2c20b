import {
  mostPushDevices,
  type PushDevice,
  type PushDevices,
  requireSameBrowser,
} from '../ground/push-device.ts';

export type MemoryPush = PushDevices & {
  /** Those of sign-ins up to then. */
  removeUntil(ownerId: string, signedInAt: number): void;
  removeExpired(now: number): void;
};

/** Devices that last as long as the process; `forget` is told of those that go. */
export function createMemoryPush(forget: (deviceId: string) => void): MemoryPush {
  let devices: PushDevice[] = [];
  const removeWhere = (isMeant: (device: PushDevice) => boolean) => {
    const gone = devices.filter(isMeant);
    devices = devices.filter((device) => !gone.includes(device));
    for (const { id } of gone) forget(id);
    return gone.length > 0;
  };
  const of = (ownerId: string) =>
    devices.filter((device) => device.ownerId === ownerId).toSorted((a, b) => a.createdAt - b.createdAt);
  return {
    savePushDevice(device) {
      requireSameBrowser(
        devices.find(({ endpoint }) => endpoint === device.endpoint),
        device,
      );
      removeWhere(({ id, endpoint }) => id === device.id || endpoint === device.endpoint);
      devices.push({ ...device });
      const tooMany = of(device.ownerId).slice(0, -mostPushDevices);
      removeWhere((one) => tooMany.includes(one));
    },
    pushDevice: (id) => structuredClone(devices.find((device) => device.id === id)),
    pushDevices: (ownerId) => structuredClone(of(ownerId)),
    removePushDevice: (id) => removeWhere((device) => device.id === id),
    removePushDevicesOf: (ownerId, signedInAt) =>
      void removeWhere((device) => device.ownerId === ownerId && device.signedInAt === signedInAt),
    removeUntil: (ownerId, signedInAt) =>
      void removeWhere((device) => device.ownerId === ownerId && device.signedInAt <= signedInAt),
    removeExpired: (now) => void removeWhere(({ expiresAt }) => expiresAt < now),
  };
}
