import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectSqlite } from '../../apps/gateway/src/store/sqlite/connect-sqlite.ts';
import { openOperators } from './operators.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

/** A gateway whose storage can be made to fail, and to work again. */
export type FaultyGateway = AsyncDisposable & {
  gateway: RunningGateway;
  /** Where the database is. */
  dataDir: string;
  /** The code that clients get meanwhile. */
  code: 'GATEWAY_OVERLOAD' | 'INTERNAL_ERROR';
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
  /** What operators are told of the database; undefined where they are not asked. */
  databaseHealth?(): Promise<string>;
};

/** So slow that a turn lasts longer than it takes to break something. */
const env = { DEMO_PACE: '1' };

/** The ways this machine has to let storage fail, by name. */
export function storageFaults(): Record<string, () => Promise<FaultyGateway>> {
  return {
    'a lock held by another program': withLock,
    ...(canMount()
      ? { 'a full disk (tmpfs)': onFullDisk }
      : saidMissing('a full disk', 'the right to mount')),
    ...(canTrace() ? { 'I/O errors (strace)': withErrors } : saidMissing('I/O errors', 'strace')),
  };
}

function saidMissing(fault: string, tool: string): Record<string, never> {
  console.info(`${fault} cannot be made here: ${tool} is missing`);
  return {};
}

async function withLock(): Promise<FaultyGateway> {
  const gateway = await startGateway({ env });
  const other = connectSqlite(join(gateway.dataDir, 'hotplex.db'));
  return {
    gateway,
    dataDir: gateway.dataDir,
    code: 'GATEWAY_OVERLOAD',
    begin: () => void other.exec('begin immediate'),
    end: () => void other.exec('rollback'),
    async [Symbol.asyncDispose]() {
      other.close();
      await gateway[Symbol.asyncDispose]();
    },
  };
}

async function onFullDisk(): Promise<FaultyGateway> {
  const disk = mkdtempSync(join(tmpdir(), 'hotplex-disk-'));
  mountTmpfs(disk, '16m');
  const operators = await openOperators();
  const gateway = await startGateway({
    env: { ...env, ...operators.env, HOTPLEX_DB_PATH: join(disk, 'hotplex.db') },
  });
  const ballast = join(disk, 'ballast');
  return {
    gateway,
    dataDir: disk,
    code: 'GATEWAY_OVERLOAD',
    begin() {
      // Written in small pieces: the last one fails when nothing is left.
      for (let isFull = false; !isFull; ) {
        try {
          writeFileSync(ballast, Buffer.alloc(4_096), { flag: 'a' });
        } catch {
          isFull = true;
        }
      }
    },
    end: () => rmSync(ballast),
    databaseHealth: () => operators.databaseHealth(),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      execFileSync('umount', [disk]);
      rmdirSync(disk);
    },
  };
}

/** Every write to the database fails as on a broken disk. */
async function withErrors(): Promise<FaultyGateway> {
  const gateway = await startGateway({ env });
  let detach = async () => {};
  return {
    gateway,
    dataDir: gateway.dataDir,
    code: 'INTERNAL_ERROR',
    async begin() {
      const tracer = spawn('strace', [...inject, '-p', String(gateway.process.pid)], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      await once(tracer.stderr, 'data');
      tracer.stderr.resume();
      detach = async () => {
        const ended = once(tracer, 'exit');
        tracer.kill('SIGINT');
        await ended;
      };
    },
    end: () => detach(),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

const inject = ['-f', '-o', '/dev/null', '-e', 'trace=pwrite64', '-e', 'inject=pwrite64:error=EIO'];

function canTrace(): boolean {
  try {
    execFileSync('strace', [...inject, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function mountTmpfs(folder: string, size: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
}

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-mount-'));
  try {
    mountTmpfs(folder, '1m');
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}
