import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation, OpenCall } from './conversation.ts';

export type PlanEntry = Extract<WorkerEvent, { type: 'plan' }>['data']['entries'][number];

const status = z.enum(['pending', 'in_progress', 'completed']);
const wholeList = z.looseObject({ todos: z.array(z.looseObject({ content: z.string(), status })) });
const created = z.looseObject({ task: z.looseObject({ id: z.string(), subject: z.string() }) });
const changed = z.looseObject({
  taskId: z.string(),
  subject: z.string().optional(),
  status: z.union([status, z.literal('deleted')]).optional(),
});

/**
 * The agent's list of things to do after one of its list tools succeeded: the whole list each time.
 * Older CLIs write the whole list (TodoWrite), newer ones one task at a time (TaskCreate, TaskUpdate).
 */
export function translatePlan(
  { plan }: Conversation,
  { call, result }: { call: OpenCall; result: unknown },
): WorkerEvent[] {
  // A sub-agent's list is its own affair.
  if (call.parentId !== undefined) return [];
  switch (call.name) {
    case 'TodoWrite': {
      const list = wholeList.safeParse(call.input);
      if (!list.success) return [];
      plan.clear();
      for (const [index, { content, status }] of list.data.todos.entries()) {
        plan.set(String(index), { content, status });
      }
      break;
    }
    case 'TaskCreate': {
      const answer = created.safeParse(result);
      if (!answer.success) return [];
      const { id, subject } = answer.data.task;
      plan.set(id, { id, content: subject, status: 'pending' });
      break;
    }
    case 'TaskUpdate': {
      const change = changed.safeParse(call.input);
      const entry = change.success ? plan.get(change.data.taskId) : undefined;
      if (!change.success || !entry) return [];
      const { taskId, subject = entry.content, status = entry.status } = change.data;
      if (status === 'deleted') plan.delete(taskId);
      else plan.set(taskId, { ...entry, content: subject, status });
      break;
    }
    default:
      return [];
  }
  return [{ type: 'plan', data: { entries: [...plan.values()] } }];
}
