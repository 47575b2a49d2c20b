import type { ChosenIsolation } from '../../choose-isolation.ts';
import type { Finding } from './finding.ts';
import { tryWalls } from './try-walls.ts';

/** Whether the walls hold here what they promise, tried from inside. */
export async function lookAtIsolation(
  chosen: ChosenIsolation,
  dataDir: string,
): Promise<Omit<Finding, 'check'>> {
  const { level, warning } = chosen;
  const walls = chosen.of('claude_code');
  if ('refused' in walls) throw new Error(walls.refused);
  const reached = await tryWalls(walls, dataDir);
  const list = reached.join('; ');
  if (level === 'none' || level === 'process') {
    const weak = `agents run at level ${level}, where a program ${list || 'was kept from what was tried'}`;
    return { state: 'warning', message: warning === undefined ? weak : `${weak}. ${warning}` };
  }
  return reached.length === 0
    ? { state: 'ok', message: `agents run in a ${level}; from inside nothing was reached that should not be` }
    : { state: 'failed', message: `agents run in a ${level}, and yet a program in it ${list}` };
}
