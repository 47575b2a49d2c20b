import { realpathSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where Pi keeps the conversations of a work dir unless told otherwise, so that `pi --resume` in a terminal finds those
 * of the gateway. Undefined if the operator's environment says where; that outranks the settings of a work dir.
 */
export function toSessionFolder(environment: Environment, workDir: string): string | undefined {
  const { PI_CODING_AGENT_SESSION_DIR, PI_CODING_AGENT_DIR, HOME = '/' } = environment;
  if (PI_CODING_AGENT_SESSION_DIR) return undefined;
  const name = realPath(workDir)
    .replace(/^\//, '')
    .replace(/[/\\:]/g, '-');
  return join(PI_CODING_AGENT_DIR || join(HOME, '.pi', 'agent'), 'sessions', `--${name}--`);
}

/** A work dir that is gone is found out by the start itself. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
