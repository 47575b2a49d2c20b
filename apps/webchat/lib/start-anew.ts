/**
 * Goes on once the gateway answers again. A page that a service worker may have kept is loaded anew: it could be older than
 * what the gateway speaks by now.
 */
export async function startAnew(start: () => Promise<void>): Promise<void> {
  if (!navigator.serviceWorker?.controller) return start();
  const answer = await fetch('/health').catch(() => undefined);
  if (answer?.ok) location.reload();
}
