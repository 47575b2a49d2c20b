import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endsWithUs } from '../../apps/gateway/test/support/ends-with-us.ts';
import { compileCache } from './compile-cache.ts';

const main = fileURLToPath(new URL('../../apps/gateway/dist/main.mjs', import.meta.url));

/** The key every test uses; long enough to be taken. */
export const apiKey = 'test-key-0123456789abcdef0123456789abcdef';

export type RunningGateway = AsyncDisposable & {
  url: string;
  port: number;
  workDir: string;
  dataDir: string;
  signInLink: string;
  process: ChildProcess;
  /** Ends the gateway at once, as a crash would. */
  kill(): Promise<void>;
  /** Ends the gateway in order, and leaves its data. */
  stop(): Promise<void>;
  /** Starts another gateway on the same data and the same port, with these variables changed. */
  restart(changes?: Record<string, string>): Promise<void>;
};

type Options = {
  /** The gateway's program; default: what this checkout built. */
  program?: string;
  /** What runs it; default: the Node that runs us. */
  command?: readonly [string, ...string[]];
  env?: Record<string, string>;
  /** Hears what the gateway logs; default: whoever runs the tests. */
  onLog?(text: string): void;
};

/** A real gateway, as a user starts it, in a folder of its own. */
export async function startGateway({
  program = main,
  command: [node, ...nodeArgs] = [process.execPath],
  env = {},
  onLog,
}: Options = {}): Promise<RunningGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-test-'));
  const workDir = join(folder, 'work');
  const dataDir = join(folder, 'data');
  mkdirSync(workDir);
  const launch = async (address: string, changes: Record<string, string> = {}) => {
    const child = spawn(node, [...nodeArgs, program], {
      env: {
        ...{ PATH: process.env.PATH ?? '', HOME: folder, DEMO_PACE: '0', HOTPLEX_LOG_LEVEL: 'warn' },
        ...compileCache,
        ...{ HOTPLEX_GATEWAY_ADDR: address, HOTPLEX_DB_PATH: join(dataDir, 'hotplex.db') },
        // Two gateways of one machine would want the same port.
        HOTPLEX_ADMIN_ENABLED: String('HOTPLEX_ADMIN_ADDR' in env),
        // In a sandbox pids of an agent mean nothing outside; what it holds has tests of its own.
        HOTPLEX_WORKER_ISOLATION: 'process',
        // Where tests run there is often no other user.
        HOTPLEX_SECURITY_ALLOW_ROOT: 'true',
        // Turns that tests leave open are not waited for.
        HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '1s',
        ...{ HOTPLEX_WORKER_DEFAULT_WORK_DIR: workDir, HOTPLEX_SECURITY_API_KEY_1: apiKey },
        ...{ ...env, ...changes },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    endsWithUs(child, onLog);
    const link = await printedLink(child);
    return { child, link };
  };
  let { child, link } = await launch('127.0.0.1:0');
  const port = Number(new URL(link).port);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    url: new URL(link).origin,
    port,
    workDir,
    dataDir,
    get signInLink() {
      return link;
    },
    get process() {
      return child;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async restart(changes) {
      await end('SIGTERM');
      ({ child, link } = await launch(`127.0.0.1:${port}`, changes));
    },
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      endLeftAgents(dataDir);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Those of a gateway that was killed: with its folder goes what the keeper would find them by. */
function endLeftAgents(dataDir: string): void {
  for (const file of globSync(join(dataDir, 'processes', '*', 'process.json'))) {
    try {
      const { process: left } = JSON.parse(readFileSync(file, 'utf8')) as { process?: { pid: number } };
      if (left) process.kill(-left.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

async function printedLink(child: ChildProcess): Promise<string> {
  let printed = '';
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    const link = /https?:\/\/\S+#code=\S+/.exec(printed)?.[0];
    if (!link) continue;
    child.stdout?.on('data', () => {});
    return link;
  }
  throw new Error(`the gateway ended before it printed its link:\n${printed}`);
}
