import type { HookDelivery } from '../../ground/hook-delivery.ts';
import type { HookTarget } from '../../settings/hooks-settings.ts';
import type { Outcome } from '../format/to-outcome.ts';

/** Tries a delivery once; never throws. */
export type SendHook = (
  target: HookTarget,
  delivery: Pick<HookDelivery, 'sessionId' | 'eventId' | 'message'>,
) => Promise<Outcome>;
