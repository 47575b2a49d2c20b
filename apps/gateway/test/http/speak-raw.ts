import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What came back until the gateway closed the connection, or the first line said enough. */
export type RawAnswer = { status: number; text: string };

/** Sends exactly these bytes and reads until the gateway closes the connection; a reset counts as closed. */
export async function speakRaw(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  return readRaw(socket);
}

export async function readRaw(socket: Socket): Promise<RawAnswer> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.on('error', () => socket.destroy());
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text };
}

/** The text of a request with these lines, as they are; `connection: close` makes the answer end. */
export function rawRequest(line: string, headers: readonly string[], body = ''): string {
  return `${[line, ...headers].join('\r\n')}\r\n\r\n${body}`;
}
