import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { ask } from './ask.ts';

const token = 'operators-0123456789abcdef0123456789abcdef';

/** The environment of a gateway that operators can ask, and the question; of a cluster, about this node of it. */
export async function openOperators({ node }: { node?: string } = {}) {
  const port = await freePort();
  const headers = { authorization: `Bearer ${token}` };
  const status = async () => {
    const { body } = await ask(port, node === undefined ? '/status' : `/status?node=${node}`, { headers });
    return JSON.parse(body) as { workers: unknown[]; connections: number };
  };
  return {
    env: {
      ...{ HOTPLEX_ADMIN_ADDR: `127.0.0.1:${port}`, HOTPLEX_ADMIN_TOKEN: token },
      // Tests ask again and again until something is so.
      ...{ HOTPLEX_ADMIN_REQUESTS_PER_SECOND: '1000', HOTPLEX_ADMIN_REQUESTS_BURST: '1000' },
    },
    health: () => ask(port, '/health'),
    /** Empties the gateway. */
    drain: () => ask(port, '/admin/drain', { method: 'POST', headers }),
    /** How many agents of any type it has. */
    agents: async (): Promise<number> => (await status()).workers.length,
    /** How many sockets the gateway has. */
    connections: async (): Promise<number> => (await status()).connections,
    /** The value of a metric that has no labels. */
    async metric(name: string): Promise<number> {
      const { body } = await ask(port, '/metrics', { headers });
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(body)?.[1]);
    },
    /** What the gateway says of its database. */
    async databaseHealth(): Promise<string> {
      const { body } = await ask(port, '/admin/health', { headers });
      return (JSON.parse(body) as { checks: { database: { status: string } } }).checks.database.status;
    },
  };
}

/** A port that was free a moment ago: a gateway prints the address of its main listener only. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
