import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCli } from './run-cli.ts';

/** The home of somebody who runs commands: with data of his own, and a gateway in the background if he starts one. */
export function ownHome(more: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'hotplex-home-'));
  const dataDir = join(home, '.hotplex/data');
  const work = join(home, 'work');
  mkdirSync(work);
  const env: Record<string, string> = {
    ...{ HOTPLEX_GATEWAY_ADDR: '127.0.0.1:0', HOTPLEX_ADMIN_ENABLED: 'false', HOTPLEX_LOG_LEVEL: 'warn' },
    ...{ HOTPLEX_WORKER_ISOLATION: 'process', HOTPLEX_SECURITY_ALLOW_ROOT: 'true', DEMO_PACE: '0' },
    ...{ HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '1s', HOTPLEX_AGENT: 'demo', ...more },
  };
  const cli = (args: readonly string[], input?: string) =>
    runCli(args, { home, cwd: work, env, ...(input === undefined ? {} : { input }) });
  onTestFinished(async () => {
    await cli(['gateway', 'stop', '--now']);
    rmSync(home, { recursive: true, force: true });
  });
  return { home, work, dataDir, env, cli };
}
