import type { LoggedEvent } from '@hotplex/aep-protocol';
import { errorEvent } from './exit-error.ts';
import type { TurnExpiry, WatchLimits } from './worker-watch.ts';

/** Why a turn was ended for its time, and which setting says so. */
export function timeoutError(expiry: TurnExpiry, limits: WatchLimits): LoggedEvent {
  switch (expiry) {
    case 'turn':
      return tooLong('TURN_TIMEOUT', 'the turn took longer than', limits.turnMs, 'session.turn_timeout');
    case 'first_event':
      return tooLong(
        'WORKER_TIMEOUT',
        'the agent said nothing for',
        limits.firstEventMs,
        'session.first_event_timeout',
      );
    case 'inactivity':
      return tooLong(
        'WORKER_TIMEOUT',
        'the agent said nothing more for',
        limits.inactivityMs,
        'session.inactivity_timeout',
      );
  }
}

function tooLong(code: 'TURN_TIMEOUT' | 'WORKER_TIMEOUT', words: string, ms: number, setting: string) {
  const message = `${words} ${ms / 1_000} s and was ended; send the next prompt to go on`;
  return errorEvent(code, message, { limit_ms: ms, setting });
}
