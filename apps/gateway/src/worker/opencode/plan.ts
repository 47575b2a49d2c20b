import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';

type PlanEntry = Extract<WorkerEvent, { type: 'plan' }>['data']['entries'][number];

export const todoList = z.array(
  z.looseObject({ content: z.string(), status: z.string(), priority: z.string().nullish() }),
);

/** OpenCode's list of things to do, as a whole. */
export function toPlan(todos: z.infer<typeof todoList>): WorkerEvent {
  const entries = todos.flatMap(({ content, status, priority }): PlanEntry[] => {
    if (status === 'cancelled') return [];
    const known = status === 'completed' || status === 'in_progress' ? status : 'pending';
    const rank = priority === 'high' || priority === 'medium' || priority === 'low' ? priority : undefined;
    return [{ content, status: known, priority: rank }];
  });
  return { type: 'plan', data: { entries } };
}
