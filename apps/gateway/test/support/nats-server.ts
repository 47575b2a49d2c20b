import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { endsWithUs } from './ends-with-us.ts';

export type NatsServer = AsyncDisposable & {
  port: number;
  url: string;
  /** Kills it as a power cut would. Safe to call twice. */
  kill(): Promise<void>;
  /** Starts it again at the same port; `isEmpty`: with nothing of what it kept. */
  start(options?: { isEmpty?: boolean }): Promise<void>;
};

/** A real nats-server of this test's own: Debian's package `nats-server`, or what NATS_SERVER names. */
export async function startNatsServer({
  flags = ['--jetstream'],
}: {
  flags?: readonly string[];
} = {}): Promise<NatsServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-nats-'));
  let running: ChildProcess | undefined;
  const kill = async () => {
    if (!running) return;
    const exited = once(running, 'exit');
    running.kill('SIGKILL');
    running = undefined;
    await exited;
  };
  const start = async ({ isEmpty = false } = {}) => {
    if (isEmpty) rmSync(folder, { recursive: true, force: true });
    const place = ['--addr', '127.0.0.1', '--port', `${port}`, '--store_dir', folder];
    running = endsWithUs(
      spawn(process.env.NATS_SERVER ?? 'nats-server', [...place, ...flags], { stdio: 'ignore' }),
    );
    await untilOpen(port, running);
  };
  await start();
  return {
    ...{ port, url: `nats://127.0.0.1:${port}`, kill, start },
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** NATS greets whoever connects as soon as it is ready. */
async function untilOpen(port: number, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const [greeting] = await once(socket, 'data').catch(() => []);
    socket.destroy();
    if (String(greeting).startsWith('INFO')) return;
    await setTimeout(20);
  }
  throw new Error(`nats-server ended with ${server.exitCode} before it listened at ${port}`);
}
