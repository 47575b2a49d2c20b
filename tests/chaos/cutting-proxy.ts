import { connect, createServer, type Socket } from 'node:net';
import type { Random } from './random.ts';

export type CuttingProxy = AsyncDisposable & {
  readonly port: number;
  /** Asked for each new link where it leads; before, and where it leads nowhere, it breaks at once. */
  leadTo(target: () => number | undefined): void;
  /** How many links were cut so far. */
  readonly cuts: number;
};

type Options = {
  random: Random;
  /** How many bytes a link carries towards the client before it breaks: from and to. */
  bytes: readonly [number, number];
};

/** A network whose every link breaks after a random number of bytes, in the middle of a frame as likely as not. */
export async function startCuttingProxy({ random, bytes }: Options): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  let target = (): number | undefined => undefined;
  const server = createServer((client) => {
    const port = target();
    if (port === undefined) return void client.destroy();
    const upstream = connect(port, '127.0.0.1');
    let left = random.between(...bytes);
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      client.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left > 0) return;
      cuts += 1;
      client.end();
      upstream.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    leadTo(ask) {
      target = ask;
    },
    get cuts() {
      return cuts;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
