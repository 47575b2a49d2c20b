import { dirname } from 'node:path';
import type { Config } from '../config-schema.ts';
import { findGateway, type GatewayRecord } from '../gateway-record.ts';
import { expandPath } from '../start-checks.ts';
import { prepareLocation } from '../store/sqlite/prepare-location.ts';
import type { RunCommand } from './command.ts';
import { ensureGateway } from './gateway/ensure-gateway.ts';
import { healthProblem } from './gateway/health-problem.ts';
import { doorOf } from './gateway/own-door.ts';
import { stopGateway } from './gateway/stop-gateway.ts';
import { openConfig } from './open-config.ts';
import { readArguments } from './read-arguments.ts';
import { gateway as description } from './table/gateway.ts';
import { UsageError } from './usage-error.ts';

type Given = {
  configFile: string | undefined;
  dataDir: string;
  config: Config;
  running: GatewayRecord | undefined;
  now: boolean;
  print(words: string, data: object): void;
};

/** Runs, ends and looks at the gateway of this data. */
export const runGateway: RunCommand = async (args) => {
  const { action, values } = readArguments(description, args);
  if (action === 'start' && !values.detach) {
    if (values.json) throw new UsageError('--json is for hotplex gateway start -d');
    const { runServe } = await import('./serve-command.ts');
    return runServe(values.config === undefined ? [] : ['--config', values.config]);
  }
  const { config } = openConfig(values.config);
  const dataDir = dirname(prepareLocation(expandPath(config.db.path)));
  const given: Given = {
    configFile: values.config,
    dataDir,
    config,
    running: findGateway(dataDir),
    now: values.now === true,
    print: (words, data) => console.log(values.json ? JSON.stringify(data) : words),
  };
  if (action === 'stop') return stop(given);
  if (action === 'status') return status(given);
  return action === 'restart' ? restart(given) : start(given);
};

async function start({ print, ...given }: Given): Promise<number> {
  const { record, started } = await ensureGateway({
    ...given,
    replaces: (bound) => console.error(`${sentence(bound)} It is ended now, and another takes its place.`),
  });
  const more = started ? `Its log is ${record.log_file}.` : 'It ran already.';
  print(`${sentence(record)} ${more}`, { started, ...record });
  return 0;
}

async function stop({ running, print, ...given }: Given): Promise<number> {
  if (running) await stopGateway(running, { signal: 'SIGTERM', ...given });
  print(running ? 'The gateway has ended.' : 'No gateway runs.', { stopped: running !== undefined });
  return 0;
}

async function restart(given: Given): Promise<number> {
  const { running, now, config } = given;
  if (running) await stopGateway(running, { signal: 'SIGUSR2', now, config });
  return start({ ...given, running: undefined });
}

async function status({ running, config, print }: Given): Promise<number> {
  if (!running) {
    print('No gateway runs.', { running: false });
    return 3;
  }
  const problem = await healthProblem(doorOf(config, running));
  const words =
    problem === undefined ? sentence(running) : `${sentence(running)} It takes no work: ${problem}.`;
  print(words, { running: true, answers: problem === undefined, ...running });
  return problem === undefined ? 0 : 1;
}

const sentence = ({ url, pid, version, started_at: since, bound }: GatewayRecord) =>
  `The gateway runs at ${url} (version ${version}, process ${pid}, since ${since}).${bound ? ' hotplex run or chat has started it for itself, and it ends with that.' : ''}`;
