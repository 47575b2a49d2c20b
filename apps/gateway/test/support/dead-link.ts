import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type DeadLink = AsyncDisposable & {
  port: number;
  /** From now on nothing passes in either direction, on new links neither, and nobody is told. */
  die(): void;
  /** New links work again; the dead ones are reset. */
  mend(): void;
};

/** A link to a port of this machine that can go dead without a word, and be mended. */
export async function openDeadLink(target: number): Promise<DeadLink> {
  const sockets = new Set<Socket>();
  let isDead = false;
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => isDead || to.write(chunk));
      from.on('error', () => from.destroy());
      from.on('close', () => {
        sockets.delete(from);
        if (!isDead) to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    die() {
      isDead = true;
    },
    mend() {
      cut();
      isDead = false;
    },
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
