/**
 * Stands between a client and PostgreSQL and cuts the connection once for each marker in what the client sends:
 * `cut-before` is not passed on, of `cut-after` the answer is not.
 *   node cutting-proxy.ts SOCKET-TO-LISTEN-ON SOCKET-OF-POSTGRESQL
 */
import { createConnection, createServer } from 'node:net';

const [own = '', server = ''] = process.argv.slice(2);
const markers = new Set(['cut-before', 'cut-after']);

createServer((client) => {
  const upstream = createConnection(server);
  const cut = () => {
    client.destroy();
    upstream.destroy();
  };
  let isMarked = false;
  client.on('data', (data) => {
    const marker = [...markers].find((each) => data.includes(each));
    if (marker !== undefined) markers.delete(marker);
    if (marker === 'cut-before') return cut();
    isMarked ||= marker === 'cut-after';
    upstream.write(data);
  });
  upstream.on('data', (data) => {
    if (isMarked) cut();
    else client.write(data);
  });
  for (const end of [client, upstream]) end.on('error', cut).on('close', cut);
}).listen(own, () => console.log('ready'));
