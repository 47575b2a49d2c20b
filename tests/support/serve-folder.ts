import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Serves the files of a folder as any static host does. */
export async function serveFolder(folder: string, port: number): Promise<Disposable> {
  const server = createServer(({ url = '/' }, response) => {
    const path = normalize(new URL(url, 'http://folder').pathname).replace(/\/$/, '/index.html');
    const type = types[extname(path)];
    if (!type) return response.writeHead(404).end();
    const file = readFileSync(join(folder, path));
    return response.writeHead(200, { 'content-type': type }).end(file);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    [Symbol.dispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
