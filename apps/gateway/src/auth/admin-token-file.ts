import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { StartError } from '../ground/start-error.ts';
import { readPrivateFile } from './private-file.ts';

/** Where the admin token of a gateway is that was given none. */
export const adminTokenFile = (dataDir: string) => join(dataDir, 'admin-token');

/** The admin token of a gateway that was given none: random, made once, kept where its user alone can read it. Throws StartError. */
export function loadAdminToken(file: string): string {
  try {
    return readPrivateFile(file, () => `${randomBytes(32).toString('hex')}\n`).trim();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `the admin token in ${file} cannot be used (${reason}): correct that, or set admin.token (HOTPLEX_ADMIN_TOKEN)`,
      { cause },
    );
  }
}
