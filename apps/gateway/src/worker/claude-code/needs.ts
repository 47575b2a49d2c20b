import { join } from 'node:path';
import type { ProcessNeeds } from '../../process/child-process.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What of its folder is configuration and code: a person's own sessions in a terminal run it, too. */
const readOnly = [
  ...['settings.json', 'settings.local.json', 'CLAUDE.md', 'keybindings.json', 'loop.md'],
  ...['scheduled_tasks.json', 'launch.json', 'daemon.json'],
  ...['hooks/', 'agents/', 'commands/', 'skills/', 'plugins/', 'cowork_plugins/', 'output-styles/', 'rules/'],
  ...['workflows/', 'routines/', 'local/'],
];
/** Shell code that it writes for itself, and that every session of this folder would source. */
const own = ['shell-snapshots', 'session-env'];

/** Its conversations, sign-in and choices; `.claude.json` holds the servers and projects of the operator. */
export function toClaudeNeeds({ HOME, CLAUDE_CONFIG_DIR, CLAUDE_CODE_TMPDIR }: Environment): ProcessNeeds {
  const folder = CLAUDE_CONFIG_DIR || (HOME && join(HOME, '.claude'));
  return {
    state: [
      ...(folder ? [{ path: folder, readOnly, own }] : []),
      ...(CLAUDE_CODE_TMPDIR ? [{ path: CLAUDE_CODE_TMPDIR }] : []),
    ],
    readable: HOME ? [join(HOME, '.claude.json')] : [],
  };
}
