import { dirname, join } from 'node:path';
import { findGateway, type GatewayRecord } from '../gateway-record.ts';
import { expandPath } from '../start-checks.ts';
import { prepareLocation } from '../store/sqlite/prepare-location.ts';
import type { RunCommand } from './command.ts';
import { healthProblem } from './gateway/health-problem.ts';
import { spawnGateway } from './gateway/spawn-gateway.ts';
import { stopGateway, untilGone } from './gateway/stop-gateway.ts';
import { openConfig } from './open-config.ts';
import { readArguments } from './read-arguments.ts';
import { gateway as description } from './table/gateway.ts';
import { UsageError } from './usage-error.ts';

type Given = {
  configFile: string | undefined;
  dataDir: string;
  drainMs: number;
  /** Where its certificate is good, if it has one. */
  url: string | undefined;
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
    drainMs: config.gateway.drain_timeout,
    url: config.gateway.tls.cert === undefined ? undefined : config.webchat.url,
    running: findGateway(dataDir),
    now: values.now === true,
    print: (words, data) => console.log(values.json ? JSON.stringify(data) : words),
  };
  if (action === 'stop') return stop(given);
  if (action === 'status') return status(given);
  return action === 'restart' ? restart(given) : start(given);
};

async function start({ running, print, ...given }: Given): Promise<number> {
  if (running?.ending) await untilGone(running, given.drainMs);
  else if (running?.bound) {
    console.error(`${sentence(running)} It is ended now, and another takes its place.`);
    await stopGateway(running, { signal: 'SIGTERM', now: false, drainMs: given.drainMs, url: given.url });
  } else if (running) {
    print(`${sentence(running)} It ran already.`, { started: false, ...running });
    return 0;
  }
  const logFile = join(given.dataDir, 'gateway.log');
  const { record } = await spawnGateway({ ...given, logFile, bound: false });
  print(`${sentence(record)} Its log is ${logFile}.`, { started: true, ...record, log_file: logFile });
  return 0;
}

async function stop({ running, print, ...given }: Given): Promise<number> {
  if (running) await stopGateway(running, { signal: 'SIGTERM', ...given });
  print(running ? 'The gateway has ended.' : 'No gateway runs.', { stopped: running !== undefined });
  return 0;
}

async function restart(given: Given): Promise<number> {
  const { running, now, drainMs, url } = given;
  if (running) await stopGateway(running, { signal: 'SIGUSR2', now, drainMs, url });
  return start({ ...given, running: undefined });
}

async function status({ running, print }: Given): Promise<number> {
  if (!running) {
    print('No gateway runs.', { running: false });
    return 3;
  }
  const problem = await healthProblem(running.url);
  const words =
    problem === undefined ? sentence(running) : `${sentence(running)} It does not answer: ${problem}.`;
  print(words, { running: true, answers: problem === undefined, ...running });
  return problem === undefined ? 0 : 1;
}

const sentence = ({ url, pid, version, started_at: since, bound }: GatewayRecord) =>
  `The gateway runs at ${url} (version ${version}, process ${pid}, since ${since}).${bound ? ' hotplex run or chat has started it for itself, and it ends with that.' : ''}`;
