import { homedir } from 'node:os';
import { gatewayPlaces } from './gateway-places.ts';
import type { Metrics } from './ground/metrics.ts';
import { processorTime } from './ground/processor-time.ts';
import type { CurrentConfig } from './live-config.ts';
import { createJudge } from './policy/create-judge.ts';
import { createPolicy } from './policy/create-policy.ts';
import { decidePath } from './policy/path/decide-path.ts';
import type { Judge } from './policy/policy.ts';
import { decideUrl } from './policy/url/decide-url.ts';

type GatewayJudgeOptions = {
  live: CurrentConfig;
  configFiles: readonly string[];
  /** Grows: a port that the system chooses is known once it is open. */
  gatewayPorts: readonly number[];
  metrics: Metrics;
};

/** Judges what agents want to do on this machine, with all that is the gateway's own out of their reach. */
export function createGatewayJudge({ live, configFiles, gatewayPorts, metrics }: GatewayJudgeOptions): Judge {
  // A busy machine must not make a question of what is forbidden.
  const now = processorTime;
  const { gatewayDirs } = gatewayPlaces(live.current, configFiles);
  const judge = createJudge({
    policy: createPolicy({ decidePath, decideUrl, now }),
    places: () => ({ home: homedir(), gatewayDirs, gatewayPorts, rules: live.current.policy.rules }),
    now,
  });
  return (calls, workDir) => {
    const verdict = judge(calls, workDir);
    metrics.count('policy_decisions_total', { decision: verdict.decision, rule: verdict.rule });
    return verdict;
  };
}
