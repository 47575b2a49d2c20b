import { createAdminToken } from '../../src/auth/admin-token.ts';
import { createAllowedNetworks } from '../../src/auth/allowed-networks.ts';
import { localRouter, type Router } from '../../src/cluster/router.ts';
import { readGauges } from '../../src/gateway-metrics.ts';
import { type Logger, logOf } from '../../src/ground/logger.ts';
import { RateLimit } from '../../src/ground/rate-limit.ts';
import { createAdminApi, describeAdminApi } from '../../src/http/admin/admin-api.ts';
import type { Peers } from '../../src/http/admin/peers.ts';
import { createPrometheus } from '../../src/prometheus.ts';
import { apiKey } from '../auth/open-door.ts';
import { expectDescribed } from './expect-described.ts';
import { openGateway } from './open-gateway.ts';

export const operatorToken = 'operators-0123456789abcdef0123456789abcdef';
/** A token that may look at sessions and nothing else. */
export const watcherToken = 'watchers-0123456789abcdef0123456789abcdef';

/** The operators' API of a gateway as it is put together, and what it operates. */
export async function openAdmin({
  networks = [],
  router = localRouter,
  peers,
}: {
  networks?: readonly string[];
  router?: Router;
  peers?: Peers;
} = {}) {
  const prometheus = createPrometheus(() => readGauges({ store, sessions, sockets, operations }));
  const { metrics } = prometheus;
  const gateway = await openGateway({
    ...{ metrics, renderMetrics: () => prometheus.render() },
    ...(peers && { peers }),
  });
  const { configuration, door, sessions, worker, operations, sockets } = gateway;
  const { decisions, machine, ring, drained } = gateway;
  const { audit, clock, failures, storedKey, store } = door;
  const write = (level: number) => (fields: Record<string, unknown>, msg: string) =>
    ring.write(JSON.stringify({ level, time: new Date(clock.now()).toISOString(), ...fields, msg }));
  const logger: Logger = { debug: write(20), info: write(30), warn: write(40), error: write(50) };
  const authenticate = createAdminToken({
    token: operatorToken,
    scoped: [{ name: 'watcher', token: watcherToken, scopes: ['session:read'] }],
    ...{ apiKeys: [{ key: apiKey }], failures, findApiKey: storedKey },
  });
  const api = createAdminApi({
    ...{ authenticate, operations, router, audit, logger: logOf('admin', logger), metrics },
    isAllowed: createAllowedNetworks(networks, 'admin.allowed_networks'),
    rate: new RateLimit(clock, { perSecond: 10, burst: 20 }),
  });
  const document = describeAdminApi(api);
  let count = 0;
  const ask = async (
    route: string,
    { token = operatorToken, body, from }: { token?: string; body?: object | undefined; from?: string } = {},
  ) => {
    const [method = '', path = ''] = route.split(' ');
    const headers = {
      host: 'localhost:1',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    };
    // Each time from another address: rates are counted for each.
    const remoteAddress = from ?? `10.1.${count >> 8}.${count++ & 255}`;
    const incoming = { headers, socket: { remoteAddress } };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await api.request(path, init, { incoming });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
    const json = isJson && text !== '' ? JSON.parse(text) : text === '' ? undefined : text;
    if (method !== 'HEAD') expectDescribed(document, { method, path, status: answer.status, body: json });
    return { status: answer.status, body: json, headers: answer.headers };
  };
  return {
    ...{ api, ask, clock, configuration, decisions, door, logger, machine, ring, sessions, store },
    ...{ worker, drained },
  };
}
