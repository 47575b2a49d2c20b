import { dirname } from 'node:path';
import { z } from 'zod';
import { adminTokenFile, loadAdminToken } from '../../auth/admin-token-file.ts';
import type { Config } from '../../config-schema.ts';
import { findGateway } from '../../gateway-record.ts';
import { StartError } from '../../ground/start-error.ts';
import { splitAddress, toUrl } from '../../listen-address.ts';
import { expandPath } from '../../start-checks.ts';
import { prepareLocation } from '../../store/sqlite/prepare-location.ts';
import { NotConnected } from '../not-connected.ts';

/** How long a gateway may take to read its configuration anew, ms. */
const answerMs = 30_000;
/** Where a listener is for this machine that is reachable at all its addresses. */
const loopbackOf: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

const refusal = z.object({ error: z.object({ message: z.string() }) });

/** A question to the operators' port; with a body it is a POST. */
type Question<T> = { path: string; body?: object; answer: z.ZodType<T> };

/**
 * Asks the gateway of this machine's data as its operator: who can read its admin token may do everything anyway. Throws
 * NotConnected if there is nobody to ask, StartError with what the gateway refuses.
 */
export async function askOperators<T>(config: Config, { path, body, answer }: Question<T>): Promise<T> {
  const { admin, db } = config;
  const dataDir = dirname(prepareLocation(expandPath(db.path)));
  if (!findGateway(dataDir))
    throw new NotConnected('no gateway runs here: what it ran with is asked of one that does');
  if (!admin.enabled)
    throw new NotConnected('there is no port for operators: admin.enabled (HOTPLEX_ADMIN_ENABLED) is false');
  const { host, port } = splitAddress(admin.addr);
  const url = new URL(path, toUrl({ host: loopbackOf[host] ?? host, port }));
  const token = admin.token ?? loadAdminToken(adminTokenFile(dataDir));
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(answerMs),
  }).catch((cause: unknown) => {
    throw new NotConnected(
      `the operators’ port ${admin.addr} does not answer: give this command the configuration and environment of the gateway`,
      { cause },
    );
  });
  const said: unknown = await response.json();
  if (response.ok) return answer.parse(said);
  const words = refusal.safeParse(said).data?.error.message ?? `the gateway says ${response.status}`;
  if (response.status === 401 || response.status === 403) throw new NotConnected(words);
  throw new StartError(words);
}
