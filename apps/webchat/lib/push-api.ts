/** A browser that is called; field names are those of the wire. */
export type PushDevice = {
  id: string;
  name: string;
  language: 'en' | 'zh';
  show_title: boolean;
  created_at: string;
};

type NewPushDevice = Pick<PushDevice, 'name' | 'language' | 'show_title'> & {
  endpoint: string;
  keys: { p256dh: string; auth: string };
};

/** What the gateway knows of the browsers in which its user wants to be called. Every call rejects if it does not answer. */
export type PushApi = {
  /** What to subscribe with, base64url; null where the operator wants none of it. */
  key: () => Promise<string | null>;
  devices: () => Promise<PushDevice[]>;
  save: (device: NewPushDevice) => Promise<PushDevice>;
  remove: (id: string) => Promise<void>;
};

const path = '/api/push';

export function createPushApi(send: typeof fetch): PushApi {
  const ask = async (address: string, init?: RequestInit) => {
    const answer = await send(path + address, init);
    if (!answer.ok) throw new Error(`The gateway answered ${answer.status}`);
    return answer;
  };
  const headers = { 'content-type': 'application/json' };
  return {
    key: async () => ((await (await ask('/key')).json()) as { public_key: string | null }).public_key,
    devices: async () => ((await (await ask('/devices')).json()) as { devices: PushDevice[] }).devices,
    save: async (device) =>
      (await (
        await ask('/devices', { method: 'POST', headers, body: JSON.stringify(device) })
      ).json()) as PushDevice,
    remove: async (id) => void (await ask(`/devices/${encodeURIComponent(id)}`, { method: 'DELETE' })),
  };
}
