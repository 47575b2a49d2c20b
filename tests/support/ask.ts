import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';

export type Answer = { status: number; body: string; headers: Record<string, string | string[] | undefined> };
type Request = {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** The address it comes from, of all that are loopback; guesses are counted for each. */
  from?: string;
};

/** A request with exactly these headers: fetch would not let us choose Host and Origin. */
export function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body = '', from = '127.0.0.1' }: Request = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', localAddress: from, path, method, headers },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }),
        );
      },
    );
    sent.on('upgrade', ({ headers: answered }, socket) => {
      socket.destroy();
      resolve({ status: 101, body: '', headers: answered });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Asks for a WebSocket; the first line of the answer and the stream, on which frames can be written by hand. */
export async function askForSocket(port: number, path: string, headers: Record<string, string> = {}) {
  const stream = connect(port, '127.0.0.1');
  const lines = {
    host: `127.0.0.1:${port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  stream.write(`GET ${path} HTTP/1.1\r\n${text.join('')}\r\n`);
  const [chunk] = (await once(stream, 'data')) as [Buffer];
  return { line: chunk.toString().split('\r\n', 1)[0] ?? '', stream };
}
