import type { WorkerEvent } from './worker.ts';

/** What a model API answers while it has too much to do (HTTP 429 and 5xx; 529 is Anthropic's "overloaded"). */
const statuses: ReadonlySet<unknown> = new Set([429, 500, 502, 503, 504, 529]);

/** Whether a failed turn is likely to go well a little later, within `patienceMs` from `now`. */
export function isOverload(
  { code, details }: Extract<WorkerEvent, { type: 'error' }>['data'],
  { now, patienceMs }: { now: number; patienceMs: number },
): boolean {
  const resetsAt = typeof details?.resets_at === 'string' ? Date.parse(details.resets_at) : Number.NaN;
  if (resetsAt > now + patienceMs) return false;
  return code === 'RATE_LIMITED' || (code === 'INTERNAL_ERROR' && statuses.has(details?.status));
}
