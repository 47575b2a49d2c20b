import { dirname, join } from 'node:path';
import type { ProcessNeeds } from '../../process/child-process.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What of its folder is configuration and code: a person's own sessions in a terminal run it, too. */
const readOnly = [
  ...['settings.json', 'models.json', 'keybindings.json', 'AGENTS.md', 'SYSTEM.md', 'APPEND_SYSTEM.md'],
  ...['extensions/', 'skills/', 'prompts/', 'themes/', 'npm/', 'git/', 'bin/'],
];

/** Its conversations and sign-ins. `gate`: our extension, which it reads with what lies beside it. */
export function toPiNeeds(environment: Environment, gate?: string): ProcessNeeds {
  const { HOME, PI_CODING_AGENT_DIR, PI_CODING_AGENT_SESSION_DIR, PI_PACKAGE_DIR } = environment;
  const folder = PI_CODING_AGENT_DIR || (HOME && join(HOME, '.pi', 'agent'));
  return {
    state: [
      ...(folder ? [{ path: folder, readOnly }] : []),
      ...(PI_CODING_AGENT_SESSION_DIR ? [{ path: PI_CODING_AGENT_SESSION_DIR }] : []),
    ],
    readable: [...(gate === undefined ? [] : [dirname(gate)]), ...(PI_PACKAGE_DIR ? [PI_PACKAGE_DIR] : [])],
  };
}
