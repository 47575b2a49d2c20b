import { homedir } from 'node:os';
import type { Config } from './config-schema.ts';
import { gatewayPlaces } from './gateway-places.ts';
import type { Clock } from './ground/clock.ts';
import type { Metrics } from './ground/metrics.ts';
import { createJudge } from './policy/create-judge.ts';
import { createPolicy } from './policy/create-policy.ts';
import { decidePath } from './policy/path/decide-path.ts';
import type { Judge } from './policy/policy.ts';
import { decideUrl } from './policy/url/decide-url.ts';

type GatewayJudgeOptions = {
  config: Config;
  configFiles: readonly string[];
  /** Grows: a port that the system chooses is known once it is open. */
  gatewayPorts: readonly number[];
  clock: Clock;
  metrics: Metrics;
};

/** Judges what agents want to do on this machine, with all that is the gateway's own out of their reach. */
export function createGatewayJudge({
  config,
  configFiles,
  gatewayPorts,
  clock,
  metrics,
}: GatewayJudgeOptions): Judge {
  const now = () => clock.elapsed();
  const { gatewayDirs, rules } = gatewayPlaces(config, configFiles);
  const judge = createJudge({
    policy: createPolicy({ decidePath, decideUrl, now }),
    places: () => ({ home: homedir(), gatewayDirs, gatewayPorts, rules }),
    now,
  });
  return (calls, workDir) => {
    const verdict = judge(calls, workDir);
    metrics.count('policy_decisions_total', { decision: verdict.decision, rule: verdict.rule });
    return verdict;
  };
}
