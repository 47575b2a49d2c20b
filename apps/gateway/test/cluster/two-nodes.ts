import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duplex, duplexPair } from 'node:stream';
import { vi } from 'vitest';
import type { Router, SessionPlace } from '../../src/cluster/router.ts';
import { parseSettings } from '../../src/config.ts';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { type Logger, silentLogger } from '../../src/ground/logger.ts';
import type { Settings } from '../../src/index.ts';
import { type Opened, openOnMachine } from '../../src/serve.ts';

export const apiKey = 'key-of-the-nodes-0123456789abcdef-0123456789';

export type TwoNodes = AsyncDisposable & {
  /** Of the node that clients come to, where no session is. */
  url: string;
  port: number;
  /** Of the node that works for every session. */
  owner: { url: string; port: number; dataDir: string };
  workDir: string;
  /** Where sessions are: first here, one after the other, then at the owner, who denies it so many times. */
  where: { first: SessionPlace[]; denials: number };
  /** How many streams were opened from node to node. */
  readonly opened: number;
  /** How many of them are open. */
  readonly streams: number;
  /** Breaks the streams between the nodes, as the end of the other one does. */
  cut(): void;
  /** Ends the owner and starts another gateway on its data. */
  restartOwner(): Promise<void>;
};

const isUuid5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5/;

/** Two whole gateways, each with a store of its own; the second works for every session that has a key. */
export async function openTwoNodes({
  settings = {},
  logger = silentLogger,
}: {
  settings?: Settings;
  logger?: Logger;
} = {}): Promise<TwoNodes> {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-nodes-'));
  const workDir = join(folder, 'work');
  mkdirSync(workDir);
  vi.stubEnv('DEMO_PACE', '0');
  const streams = new Set<Duplex>();
  let opened = 0;
  const open = (name: string, router: Router) => {
    const tree: Settings = {
      // In a sandbox the demo agent takes longer to start; what it holds has tests of its own.
      worker: { default_work_dir: workDir, isolation: 'process', orphan_grace: 0 },
      gateway: { addr: '127.0.0.1:0', drain_timeout: '1s' },
      admin: { enabled: false },
      ...settings,
      security: { allow_root: true, api_keys: [{ name: 'tests', key: apiKey }], ...settings.security },
      db: { path: join(folder, name, 'hotplex.db') },
    };
    const config = parseSettings(structuredClone(tree));
    const started = { config, tree, files: [], warnings: [], origins: new Map() };
    const log = { logger, logLines: { find: () => [] }, setLogLevel() {} };
    return openOnMachine(
      { config, configFiles: { started, load: () => started }, ...log },
      { isListening: true, router },
    );
  };
  const gone = async (): Promise<never> => {
    throw new GatewayError('RECONNECT_REQUIRED', 'that node is gone');
  };
  let owner: Opened | undefined;
  const openOwner = () =>
    open('owner', {
      place: async () => (where.denials-- > 0 ? { life: 'first' } : 'here'),
      connect: gone,
    });
  const connect = async (life: string) => {
    if (life !== 'owner' || !owner) return gone();
    const [near, far] = duplexPair();
    for (const end of [near, far]) {
      streams.add(end);
      end.on('error', () => {});
      end.on('close', () => streams.delete(end));
    }
    opened += 1;
    owner.gateway.answerNode(far);
    return near;
  };
  const end = ({ close }: Opened) => close({ hurry: AbortSignal.abort() });
  const where: TwoNodes['where'] = { first: [], denials: 0 };
  owner = await openOwner();
  const first = await open('first', {
    // Ids of sessions are UUIDs of version 5; the keys of clients are none.
    place: async (id) => (isUuid5.test(id) ? (where.first.shift() ?? { life: 'owner' }) : 'here'),
    connect,
  });
  const cut = () => {
    for (const stream of [...streams]) stream.destroy();
  };
  const addressOf = ({ gateway: { url } }: Opened) => ({ url, port: Number(new URL(url).port) });
  return {
    ...addressOf(first),
    ...{ workDir, where, cut },
    get owner() {
      if (!owner) throw new Error('it is being started again');
      return { ...addressOf(owner), dataDir: join(folder, 'owner') };
    },
    get opened() {
      return opened;
    },
    get streams() {
      return streams.size / 2;
    },
    async restartOwner() {
      const old = owner;
      owner = undefined;
      cut();
      if (old) await end(old);
      owner = await openOwner();
    },
    async [Symbol.asyncDispose]() {
      await end(first);
      if (owner) await end(owner);
      rmSync(folder, { recursive: true, force: true });
      vi.unstubAllEnvs();
    },
  };
}
