/** Where the build puts it. */
const address = '/service-worker.js';

/**
 * The page's service worker: it starts the page without a network, and hears what is pushed. Undefined where there is none:
 * browsers have them on https and localhost only.
 */
export async function startServiceWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return undefined;
  return navigator.serviceWorker
    .register(address, { scope: '/', updateViaCache: 'none' })
    .catch(() => undefined);
}
