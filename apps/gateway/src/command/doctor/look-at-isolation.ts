import type { ChosenIsolation } from '../../choose-isolation.ts';
import type { Finding } from './finding.ts';
import { tryWalls } from './try-walls.ts';

/** Whether the walls hold here what they promise, tried from inside. */
export async function lookAtIsolation(
  chosen: ChosenIsolation,
  dataDir: string,
): Promise<Omit<Finding, 'check'>> {
  const { level, warning } = chosen;
  const { least, at } = chosen.of('claude_code');
  const walls = at[least];
  if ('refused' in walls) throw new Error(walls.refused);
  const { done, prevented } = await tryWalls(walls, dataDir);
  const could = `a program in it could ${listed(done)}`;
  const couldNot = prevented.length === 0 ? '' : `; it could not ${listed(prevented)}`;
  if (level === 'none' || level === 'process') {
    const remedy = warning ?? 'Where that is too much, set worker.isolation to sandbox';
    const weak = done.length === 0 ? couldNot : `: a program of theirs could ${listed(done)}${couldNot}`;
    return { state: 'warning', message: `agents run at level ${level}${weak}. ${remedy}` };
  }
  return done.length === 0
    ? {
        state: 'ok',
        message: `agents run in a ${level}. Tried from inside, and prevented: ${prevented.join(', ')}`,
      }
    : { state: 'failed', message: `agents run in a ${level}, and yet ${could}${couldNot}` };
}

/** As a sentence lists it. */
function listed(things: readonly string[]): string {
  const last = things.at(-1) ?? '';
  return things.length < 2 ? last : `${things.slice(0, -1).join(', ')} and ${last}`;
}
