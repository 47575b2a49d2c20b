import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { findGateway, type GatewayRecord } from '../../gateway-record.ts';
import { StartError } from '../../ground/start-error.ts';
import { boundVariable } from '../../starter.ts';
import { waitFor } from './wait-for.ts';

/** How long a start may take: agents of the gateway before are taken over, and a large database is brought up to date. */
const startMs = 120_000;

type SpawnGateway = {
  dataDir: string;
  /** Where its log goes, and what it says when it cannot start. */
  logFile: string;
  configFile: string | undefined;
  env?: Readonly<Record<string, string>>;
  /** Whether it ends once the process that started it is gone and nobody is with it. */
  bound: boolean;
};

/** Starts this program as a gateway of its own and resolves once it takes work. Throws StartError with its own words. */
export async function spawnGateway(
  options: SpawnGateway,
): Promise<{ record: GatewayRecord; child: ChildProcess }> {
  const { dataDir, logFile, configFile, env = {}, bound } = options;
  const before = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(logFile, 'a', 0o600);
  // NOTE: what it prints, a link to sign in among it, goes nowhere: a log is no place for that.
  const stdio: SpawnOptions['stdio'] = ['ignore', 'ignore', log, ...(bound ? (['ipc'] as const) : [])];
  const config = configFile === undefined ? [] : ['--config', configFile];
  const program = [...process.execArgv, process.argv[1] ?? '', 'serve', '--log-file', logFile, ...config];
  const mark = { [boundVariable]: bound ? '1' : undefined };
  const child = spawn(process.execPath, program, {
    ...{ detached: true, stdio, env: { ...process.env, ...env, ...mark } },
  });
  closeSync(log);
  let end: { code: number | null } | undefined;
  child.on('exit', (code) => {
    end = { code };
  });
  const found = await waitFor(() => {
    const record = findGateway(dataDir);
    return record?.pid === child.pid ? record : end;
  }, startMs);
  if (found && 'pid' in found) {
    if (!bound) child.unref();
    return { record: found, child };
  }
  child.kill();
  throw new StartError(whyNot(logFile, before));
}

/** What it said last, without what is before it in the log. */
function whyNot(logFile: string, before: number): string {
  const said = readFileSync(logFile).subarray(before).toString('utf8');
  const told = /^hotplex cannot start: (.*)$/ms.exec(said)?.[1]?.trim();
  return told ?? `it did not become ready: see ${logFile}`;
}
