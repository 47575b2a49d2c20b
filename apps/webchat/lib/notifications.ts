import { createObservable, type Observable } from './observable.ts';
import { readStored, writeStored } from './stored.ts';

const storageKey = 'hotplex.notify';

/** `blocked`: the browser was told to refuse; only there it can be changed. */
export type NotificationState = 'unsupported' | 'off' | 'on' | 'blocked';

/** Messages of the browser itself, for a person who looks elsewhere. */
export type Notifications = {
  state: Observable<NotificationState>;
  /** Turns them on or off. Turning on asks the browser, so it belongs into a click. */
  toggle: () => Promise<void>;
  /** Shows one, unless they are off; a newer one of the same tag, a session’s id, takes its place. */
  show: (message: { title: string; body: string; tag: string; onClick: () => void }) => void;
};

type Worker = () => Promise<Pick<ServiceWorkerRegistration, 'showNotification'> | undefined>;

export function createNotifications(worker: Worker): Notifications {
  const state = createObservable(read());
  return {
    state,
    toggle: async () => {
      const wished = state.get() !== 'on';
      if (wished && state.get() !== 'unsupported') await Notification.requestPermission();
      writeStored(storageKey, wished ? 'yes' : null);
      state.set(read());
    },
    show: ({ title, body, tag, onClick }) => {
      if (read() !== 'on') return;
      try {
        const shown = new Notification(title, { body, tag, icon: '/icon.svg' });
        shown.onclick = () => {
          window.focus();
          onClick();
          shown.close();
        };
      } catch {
        // Some phones allow it to service workers only; a click then comes back as that of a call.
        const options = { body, tag, icon: '/icon.svg', data: { sessionId: tag } };
        void worker().then((registration) => registration?.showNotification(title, options));
      }
    },
  };
}

function read(): NotificationState {
  if (typeof Notification === 'undefined') return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && readStored(storageKey) === 'yes' ? 'on' : 'off';
}
