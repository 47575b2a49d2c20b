import { join } from 'node:path';
import type { Config } from './config-schema.ts';
import { SessionFiles } from './files/session-files.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import type { FilesApiOptions } from './http/files-api.ts';
import { ownAddresses } from './own-addresses.ts';
import { createGuardedFetch } from './policy/url/guarded-fetch.ts';
import { resolveName } from './policy/url/resolve-name.ts';

type FilesParts = {
  config: Config;
  dataDir: string;
  clock: Clock;
  ids: Ids;
  /** Grows when the listener is open. */
  gatewayPorts: readonly number[];
};

/** Where what clients upload lies, and how the gateway fetches what they give as an address. */
export function createGatewayFiles({
  config: { uploads },
  dataDir,
  clock,
  ids,
  gatewayPorts,
}: FilesParts): Pick<FilesApiOptions, 'files' | 'fetchFile'> {
  const files = new SessionFiles({
    folder: join(dataDir, 'files'),
    limits: {
      maxFileBytes: uploads.max_file_size,
      maxSessionBytes: uploads.max_session_size,
      maxSessionFiles: uploads.max_session_files,
      mediaTypes: uploads.media_types,
    },
    ...{ clock, ids },
  });
  files.sweep();
  const fetchGuarded = createGuardedFetch({
    ...{ gatewayPorts, clock, resolve: resolveName, ownAddresses },
    allowedHosts: new Set(uploads.fetch_hosts),
  });
  const limits = { maxBytes: uploads.max_file_size, timeoutMs: uploads.fetch_timeout };
  return { files, fetchFile: (url) => fetchGuarded(url, limits) };
}
