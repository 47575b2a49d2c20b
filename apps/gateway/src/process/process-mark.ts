/** The variable whose random value tells which tree a process belongs to; every child inherits it. */
export const markName = 'AGENT_PROCESS_TREE';

/** How the mark stands in an environment. */
export function toVariable(mark: string): string {
  return `${markName}=${mark}`;
}
