import { answerFromShell } from './answer-from-shell.ts';
import { isShellOf, type Shell } from './shell.ts';
import { addressOf, toNotification } from './to-notification.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put here by the build. */
declare const SHELL: Shell;

const { cacheName, files } = SHELL;

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(cacheName);
    await cache.addAll(files.map((path) => new Request(path, { cache: 'no-cache' })));
    // A page comes from the gateway whenever that answers, so a new worker may serve the tabs of an older one.
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => {
  const takeOver = async () => {
    const older = (await caches.keys()).filter((name) => isShellOf(name) && name !== cacheName);
    await Promise.all(older.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const answer = answerFromShell(event.request, {
    origin: self.location.origin,
    open: () => caches.open(cacheName),
    fetch: (request) => fetch(request),
  });
  if (answer) event.respondWith(answer);
});

self.addEventListener('push', (event) => {
  const show = async () => {
    const shown = toNotification(event.data?.json());
    if (!shown) return;
    const pages = await self.clients.matchAll({ type: 'window' });
    // The page tells it by itself.
    if (pages.some(({ focused, visibilityState }) => focused && visibilityState === 'visible')) return;
    await self.registration.showNotification(shown.title, shown.options);
  };
  event.waitUntil(show());
});

self.addEventListener('notificationclick', (event) => {
  const { sessionId } = event.notification.data as { sessionId: string };
  event.notification.close();
  const open = async () => {
    const [page] = await self.clients.matchAll({ type: 'window' });
    if (!page) return void (await self.clients.openWindow(addressOf(sessionId)));
    page.postMessage({ type: 'open-session', sessionId });
    await page.focus();
  };
  event.waitUntil(open());
});
