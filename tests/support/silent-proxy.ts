import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type SilentProxy = AsyncDisposable & {
  /** `host:port`, which the gateway has to know as a name of its own. */
  host: string;
  /** Where the link leads from now on. */
  leadTo(target: number): void;
  /** How many links were made. */
  readonly links: number;
  /** From now on nothing passes in either direction, and nobody is told: the cable is out. */
  goSilent(): void;
};

/** A link to a port of this machine that can become half open. */
export async function openSilentProxy(): Promise<SilentProxy> {
  let [target, count] = [0, 0];
  const links = new Set<Socket>();
  let isSilent = false;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    count += 1;
    const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      links.add(from);
      from.on('data', (chunk) => isSilent || to.write(chunk));
      from.on('end', () => isSilent || to.end());
      from.on('error', () => from.destroy());
      from.on('close', () => links.delete(from));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (port) => {
      target = port;
    },
    get links() {
      return count;
    },
    goSilent: () => {
      isSilent = true;
    },
    async [Symbol.asyncDispose]() {
      for (const link of links) link.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
