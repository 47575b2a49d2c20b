import { join } from 'node:path';
import type { ProcessNeeds } from '../../process/child-process.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Its conversations and sign-ins. Its configuration names plugins and servers, which a person's own sessions run, too: that
 * is only read. Its cache holds code that it downloads: each process has one of its own.
 */
export function toOpenCodeNeeds(environment: Environment): ProcessNeeds {
  const { HOME, OPENCODE_CONFIG, OPENCODE_CONFIG_DIR, OPENCODE_MODELS_PATH } = environment;
  const { XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME } = environment;
  const folder = (xdg: string | undefined, usual: string) => {
    const base = xdg || (HOME && join(HOME, usual));
    return base ? [join(base, 'opencode')] : [];
  };
  const named = [OPENCODE_CONFIG, OPENCODE_CONFIG_DIR, OPENCODE_MODELS_PATH];
  return {
    state: [
      ...folder(XDG_DATA_HOME, '.local/share').map((path) => ({ path, readOnly: ['bin/'] })),
      ...folder(XDG_STATE_HOME, '.local/state').map((path) => ({ path })),
    ],
    readable: named.flatMap((path) => path || []),
    // NOTE: it writes files of npm there at each start, and fails if it cannot.
    shadowed: folder(XDG_CONFIG_HOME, '.config'),
  };
}
