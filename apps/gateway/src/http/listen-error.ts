import { StartError } from '../ground/start-error.ts';
import type { Address } from './http-server.ts';

/** Why a listener could not be opened, as one sentence for the person who started it; `variable` sets its address. */
export function toListenError(
  cause: NodeJS.ErrnoException,
  { host, port }: Address,
  variable: string,
): StartError {
  const remedy = `set ${variable} to another address, such as 127.0.0.1:8889`;
  const sentences: Record<string, string> = {
    EADDRINUSE: `port ${port} on ${host} is in use, perhaps by another gateway: stop it, or ${remedy}`,
    EACCES: `port ${port} on ${host} may not be used by this user: ${remedy}`,
    EADDRNOTAVAIL: `this machine has no address ${host}: ${remedy}`,
    ENOTFOUND: `the name ${host} leads to no address: ${remedy}`,
  };
  const otherwise = `the gateway cannot listen on ${host}:${port} (${cause.code}): ${remedy}`;
  return new StartError(sentences[cause.code ?? ''] ?? otherwise, { cause });
}
