import type { Config } from './config-schema.ts';
import type { ClientQuotas, UserQuota } from './connection/client-limits.ts';
import type { ConnectionLimits } from './connection/ws-server.ts';
import type { CurrentConfig } from './live-config.ts';
import type { BudgetLimits } from './session/budget.ts';
import type { SessionOptions } from './session/session-options.ts';
import type { PoolLimits } from './session/worker-pool.ts';

/** How much each client may have and send, at this moment. */
export function quotasOf(live: CurrentConfig): ClientQuotas {
  const limits = () => live.current.limits;
  const quota = (kind: 'user' | 'key'): UserQuota => ({
    get connections() {
      return limits()[`${kind}_connections`];
    },
    get inputsPerMinute() {
      return limits()[`${kind}_inputs_per_minute`];
    },
  });
  return {
    get framesPerSecond() {
      return limits().frames_per_second;
    },
    get framesBurst() {
      return limits().frames_burst;
    },
    user: quota('user'),
    key: quota('key'),
  };
}

/** How patient connections are. */
export const connectionLimitsOf = ({ gateway, security, worker }: Config): ConnectionLimits => ({
  prewarm: worker.prewarm.on_connect,
  initTimeoutMs: gateway.init_timeout,
  pingIntervalMs: gateway.ping_interval,
  maxBufferedBytes: gateway.client_buffer,
  slowTimeoutMs: gateway.slow_client_timeout,
  reauthGraceMs: security.reauth_grace,
  revocationCheckMs: security.revocation_check,
});

/** How many agents there may be, at this moment. */
export const poolLimitsOf = (live: CurrentConfig): Pick<PoolLimits, 'max' | 'maxPerUser'> => ({
  get max() {
    return live.current.worker.pool.max;
  },
  get maxPerUser() {
    return live.current.worker.pool.max_per_user;
  },
});

type SessionSetting = keyof Config['session'];

/** How patient a session is and what it holds, at this moment. A wait that has begun keeps its length. */
export function sessionLimitsOf(live: CurrentConfig): SessionOptions['limits'] {
  const following = <N extends string>(settings: Record<N, SessionSetting>): Record<N, number> => {
    const names = Object.entries<SessionSetting>(settings);
    const getters = names.map(([name, key]) => [
      name,
      { get: () => live.current.session[key], enumerable: true },
    ]);
    return Object.defineProperties({}, Object.fromEntries(getters)) as Record<N, number>;
  };
  const watch = following({
    firstEventMs: 'first_event_timeout',
    inactivityMs: 'inactivity_timeout',
    turnMs: 'turn_timeout',
    idleMs: 'idle_timeout',
    lifetimeMs: 'max_lifetime',
  });
  const budget = following({
    turnToolCalls: 'max_tool_calls',
    turnOutput: 'max_output',
    sessionCostUsd: 'max_cost',
    sessionTokens: 'max_tokens',
    sessionWorkMs: 'max_work',
  });
  const quota = {
    get maxWaitMs() {
      return live.current.session.max_quota_wait;
    },
    prompt: live.current.worker.auto_retry.prompt,
  };
  const day = {
    get userDayCostUsd() {
      return live.current.limits.user_cost_per_day;
    },
    get userDayTokens() {
      return live.current.limits.user_tokens_per_day;
    },
    get userDayWorkMs() {
      return live.current.limits.user_work_per_day;
    },
    quota,
  };
  const own = following({
    permissionTimeoutMs: 'permission_timeout',
    interruptTimeoutMs: 'interrupt_timeout',
    maxQueue: 'max_queue',
    maxInputBytes: 'max_input_size',
  });
  return Object.assign(own, {
    watch,
    budget: Object.defineProperties(day, Object.getOwnPropertyDescriptors(budget)) as BudgetLimits,
  });
}
