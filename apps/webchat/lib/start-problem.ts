/** What keeps an agent from being started in its session. */
type StartProblem =
  | { kind: 'work-dir'; problem: string }
  | { kind: 'missing'; agent: string; install: string };

/** Reads it from a failure; undefined for every other one. */
export function toStartProblem(error: unknown): StartProblem | undefined {
  const { code, details } = record(error);
  if (code !== 'WORKER_START_FAILED') return undefined;
  const { field, problem, agent, install } = record(details);
  if (field === 'work_dir' && typeof problem === 'string') return { kind: 'work-dir', problem };
  const isMissing = problem === 'not_installed' && typeof agent === 'string' && typeof install === 'string';
  return isMissing ? { kind: 'missing', agent, install } : undefined;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
