// As a whole: an old Node has no such function, and is to be told so in words.
import * as modules from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Has Node keep what it compiles, so that the next start need not do it again. Where it cannot, it goes without.
 * NOTE: not where Node would keep it, below /tmp: whoever of this machine makes that folder first decides what we run.
 */
export function keepCompiled(env: Readonly<Record<string, string | undefined>>): void {
  const cache = env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  modules.enableCompileCache(join(cache, 'hotplex', 'compiled'));
}
