import { deviceName } from './device-name.ts';
import { createObservable, type Observable } from './observable.ts';
import type { PushApi, PushDevice } from './push-api.ts';
import { readStored, writeStored } from './stored.ts';
import type { Language } from './texts/language.ts';

const idKey = 'hotplex.push.device';
const titleKey = 'hotplex.push.title';

/** `insecure`: browsers allow it on https and localhost only. `denied`: the browser was told to refuse. */
export type PushState = 'unsupported' | 'insecure' | 'denied' | 'disabled' | 'off' | 'on';

/** Calls to this browser while no page of ours is open in it. */
export type Push = {
  state: Observable<PushState>;
  /** All browsers of this user that are called; undefined until they are known. */
  devices: Observable<readonly PushDevice[] | undefined>;
  /** Which of them this browser is. */
  ownId: () => string | null;
  showsTitle: Observable<boolean>;
  /** Asks the browser, so it belongs into a click. Rejects if browser, push service or gateway refuses. */
  turnOn: (language: Language) => Promise<void>;
  turnOff: () => Promise<void>;
  setShowsTitle: (shows: boolean, language: Language) => Promise<void>;
  remove: (id: string) => Promise<void>;
  /** Looks at the devices again and says that this one is still there; never rejects. */
  refresh: (language: Language) => Promise<void>;
};

type Options = { api: PushApi; worker: () => Promise<ServiceWorkerRegistration | undefined> };

export function createPush({ api, worker }: Options): Push {
  const state = createObservable<PushState>(available());
  const devices = createObservable<readonly PushDevice[] | undefined>(undefined);
  const showsTitle = createObservable(readStored(titleKey) === 'yes');

  const look = async () => {
    devices.set(await api.devices());
    const isOn = devices.get()?.some(({ id }) => id === readStored(idKey)) === true;
    const now = available();
    state.set(now === 'off' && isOn ? 'on' : now);
  };

  const save = async (subscription: PushSubscription, language: Language) => {
    const { endpoint, keys: { p256dh = '', auth = '' } = {} } = subscription.toJSON();
    if (endpoint === undefined) throw new Error('The browser gave no endpoint');
    const { id } = await api.save({
      ...{ endpoint, keys: { p256dh, auth }, language, show_title: showsTitle.get() },
      name: deviceName(navigator.userAgent),
    });
    writeStored(idKey, id);
  };

  const subscription = async () => (await worker())?.pushManager.getSubscription();

  const forget = async () => {
    await (await subscription())?.unsubscribe();
    writeStored(idKey, null);
  };

  const remove = async (id: string) => {
    await api.remove(id);
    if (id === readStored(idKey)) await forget();
    await look();
  };

  return {
    ...{ state, devices, showsTitle, remove, ownId: () => readStored(idKey) },
    turnOn: async (language) => {
      const registration = await worker();
      const key = await api.key();
      if (key === null) return state.set('disabled');
      if (!registration || (await Notification.requestPermission()) !== 'granted')
        return state.set(available());
      const options = { userVisibleOnly: true, applicationServerKey: key };
      await save(await registration.pushManager.subscribe(options), language);
      await look();
    },
    turnOff: async () => {
      const id = readStored(idKey);
      await forget();
      if (id !== null) await api.remove(id);
      await look();
    },
    setShowsTitle: async (shows, language) => {
      writeStored(titleKey, shows ? 'yes' : null);
      showsTitle.set(shows);
      const known = await subscription();
      if (known) await save(known, language);
    },
    refresh: async (language) => {
      try {
        const known = readStored(idKey) === null ? undefined : await subscription();
        await look();
        // One that was removed elsewhere stays removed.
        if (known && state.get() === 'on') await save(known, language);
        else if (known) await forget();
      } catch {
        // It is looked at again when somebody opens the settings.
      }
    },
  };
}

/** What of it the browser allows. */
function available(): PushState {
  if (!isSecureContext) return 'insecure';
  if (!('serviceWorker' in navigator && 'PushManager' in globalThis)) return 'unsupported';
  return Notification.permission === 'denied' ? 'denied' : 'off';
}
