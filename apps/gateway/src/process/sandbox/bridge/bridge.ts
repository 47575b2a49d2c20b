// Carries connections out of a sandbox that has no network but its own loopback; run within the walls as a program of its
// own. Arguments: the port to listen at, and the path of the socket behind which the gateway decides.
// NOTE: its standard output ends once it listens: who started it waits for that.
import { closeSync, openSync, writeSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream';

const [port, path = ''] = process.argv.slice(2);
/** As long as a gateway may take that is started again. */
const patienceMs = 30_000;
const pauseMs = 200;

const server = createServer({ allowHalfOpen: true }, (inside) => {
  inside.on('error', () => {});
  carry(inside, performance.now() + patienceMs);
});
server.listen(Number(port), '127.0.0.1', () => {
  writeSync(1, 'listening');
  closeSync(1);
  // Takes its number, or else the next socket would be what programs call standard output.
  openSync('/dev/null', 'w');
});

function carry(inside: Socket, deadline: number): void {
  const outside = connect({ path, allowHalfOpen: true });
  let isOpen = false;
  outside.on('error', () => {
    if (isOpen) return;
    if (inside.destroyed || performance.now() > deadline) inside.destroy();
    else setTimeout(() => carry(inside, deadline), pauseMs);
  });
  outside.once('connect', () => {
    isOpen = true;
    // NOTE: who left meanwhile cannot be carried any more, and a pipeline would throw.
    if (inside.destroyed) return void outside.destroy();
    pipeline(inside, outside, () => {});
    pipeline(outside, inside, () => {});
  });
}
