import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../apps/gateway/dist/main.mjs', import.meta.url));

/** Starts a gateway that cannot start; what it said on stderr and its exit code. */
export async function tryStart(env: Record<string, string | undefined>, args: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-start-'));
  mkdirSync(join(folder, 'work'));
  const defaults = {
    HOTPLEX_DB_PATH: join(folder, 'h.db'),
    HOTPLEX_GATEWAY_ADDR: '127.0.0.1:0',
    // Two gateways of one machine would want the same port.
    HOTPLEX_ADMIN_ENABLED: String('HOTPLEX_ADMIN_ADDR' in env),
    HOTPLEX_WORKER_DEFAULT_WORK_DIR: join(folder, 'work'),
    HOTPLEX_SECURITY_ALLOW_ROOT: 'true',
  };
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...defaults, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'exit');
  rmSync(folder, { recursive: true });
  return { code, said };
}
