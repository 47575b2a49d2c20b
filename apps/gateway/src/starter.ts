import { once } from 'node:events';
import type { Clock } from './ground/clock.ts';

/** Set for a gateway that a command starts for itself alone. A channel to the parent says nothing: supervisors open one, too. */
export const boundVariable = 'HOTPLEX_BOUND';

/** How long it stays after whoever was there last, ms: another command may have found it, and be about to come back. */
const graceMs = 3_000;
const lookMs = 100;

/** Aborted once the command that started this gateway for itself is gone; undefined: it is there for everybody. */
export function findStarter(
  child: Pick<NodeJS.Process, 'connected' | 'env' | 'once'>,
): AbortSignal | undefined {
  if (child.env[boundVariable] === undefined) return undefined;
  // What this process starts is bound to nobody.
  delete child.env[boundVariable];
  const gone = new AbortController();
  if (child.connected) child.once('disconnect', () => gone.abort());
  else gone.abort();
  return gone.signal;
}

type Bound = {
  starter: AbortSignal;
  /** For how long nobody has been at the gateway, ms. */
  unusedMs(): number;
  clock: Clock;
};

/** Resolves once the starter is gone, and nobody else is with its gateway. */
export async function untilDeserted({ starter, unusedMs, clock }: Bound): Promise<void> {
  if (!starter.aborted) await once(starter, 'abort');
  while (unusedMs() < graceMs) await new Promise<void>((resolve) => clock.after(lookMs, resolve));
}
