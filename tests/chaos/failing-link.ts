import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

/** `broken`: what is open ends, and nothing new opens. `silent`: nothing arrives, and later all of it. */
export type LinkFailure = 'broken' | 'silent';

/** A way from one gateway to something that it shares with others. */
export type FailingLink = AsyncDisposable & {
  readonly port: number;
  fail(how: LinkFailure): void;
  mend(): void;
};

/** A link that works until it is made to fail. */
export async function openFailingLink(to: NetConnectOpts): Promise<FailingLink> {
  const sockets = new Set<Socket>();
  let failure: LinkFailure | undefined;
  const server = createServer((near) => {
    if (failure === 'broken') return void near.destroy();
    const far = connect(to);
    join(near, far);
    join(far, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  function join(from: Socket, other: Socket): void {
    sockets.add(from);
    from.on('data', (chunk) => other.write(chunk));
    from.on('error', () => from.destroy());
    from.on('close', () => {
      sockets.delete(from);
      other.destroy();
    });
    if (failure === 'silent') from.pause();
  }

  return {
    port: (server.address() as AddressInfo).port,
    fail(how) {
      failure = how;
      for (const socket of sockets) how === 'silent' ? socket.pause() : socket.destroy();
    },
    mend() {
      failure = undefined;
      for (const socket of sockets) socket.resume();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
