import { join } from 'node:path';
import type { Config } from './config-schema.ts';
import { SessionFiles } from './files/session-files.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import type { FilesApiOptions } from './http/files-api.ts';
import { ownAddresses } from './own-addresses.ts';
import { createGuardedFetch } from './policy/url/guarded-fetch.ts';
import { resolveName } from './policy/url/resolve-name.ts';
import { sharedDirOf } from './shared-dir.ts';
import type { SessionStore } from './store/store.ts';

/** What other gateways may be writing in a folder that they share is younger, ms. */
const othersMayUseMs = 24 * 60 * 60_000;

type FilesParts = {
  config: Config;
  store: Pick<SessionStore, 'find' | 'list'>;
  clock: Clock;
  ids: Ids;
  /** Grows when the listener is open. */
  gatewayPorts: readonly number[];
};

/** Where what clients upload lies, and how the gateway fetches what they give as an address. */
export function createGatewayFiles({
  config,
  store,
  clock,
  ids,
  gatewayPorts,
}: FilesParts): Pick<FilesApiOptions, 'files' | 'fetchFile'> {
  const { uploads, cluster } = config;
  const files = new SessionFiles({
    folder: join(sharedDirOf(config), 'files'),
    limits: {
      maxFileBytes: uploads.max_file_size,
      maxSessionBytes: uploads.max_session_size,
      maxSessionFiles: uploads.max_session_files,
      mediaTypes: uploads.media_types,
    },
    ...{ clock, ids },
  });
  files.sweep(createIsKnown(store), cluster.url === undefined ? 0 : othersMayUseMs);
  const fetchGuarded = createGuardedFetch({
    ...{ gatewayPorts, clock, resolve: resolveName, ownAddresses },
    allowedHosts: new Set(uploads.fetch_hosts),
  });
  const limits = { maxBytes: uploads.max_file_size, timeoutMs: uploads.fetch_timeout };
  return { files, fetchFile: (url) => fetchGuarded(url, limits) };
}

/**
 * Whether files of this session may be needed. One that cannot be read may be repaired, and where there is no session at
 * all the database may have been moved away: nothing is removed then.
 */
function createIsKnown(store: FilesParts['store']): (sessionId: string) => boolean {
  const isEmpty = store.list({ limit: 1 }).length === 0;
  return (sessionId) => {
    try {
      return isEmpty || store.find(sessionId) !== undefined;
    } catch {
      return true;
    }
  };
}
