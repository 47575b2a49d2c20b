import type { TreeUsage } from './child-process.ts';
import type { ProcessTable } from './process-table.ts';
import { withDescendants } from './process-tree.ts';

/**
 * What the trees of these leaders use, from one look at the process table. Who made a session of its own and lost its
 * parent is not counted. Pages that processes share count for each of them. A leader that is gone is left out.
 */
export async function measureTrees(
  leaders: Iterable<number>,
  table: ProcessTable,
): Promise<Map<number, TreeUsage>> {
  const processes = await table.list();
  const measured = new Map<number, TreeUsage>();
  for (const leader of leaders) {
    const own = processes.filter(({ group, session }) => group === leader || session === leader);
    const usages = withDescendants(own, processes).flatMap(({ pid }) => table.usage(pid) ?? []);
    if (usages.length === 0) continue;
    measured.set(leader, {
      processes: usages.length,
      memoryBytes: usages.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
      cpuMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      ageMs: usages.reduce((most, { ageMs }) => Math.max(most, ageMs), 0),
    });
  }
  return measured;
}
