import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import type { SystemOf } from './system-records.ts';

type TaskRecord =
  | SystemOf<'task_started'>
  | SystemOf<'task_notification'>
  | SystemOf<'background_tasks_changed'>;

/** Sub-agents and commands in the background: a step from their start to their end, and how many there are. */
export function translateTask({ steps }: Conversation, record: TaskRecord): WorkerEvent[] {
  switch (record.subtype) {
    case 'background_tasks_changed':
      return [{ type: 'background.tasks', data: { count: record.tasks.length } }];
    case 'task_started': {
      const { task_id: id, task_type, tool_use_id, description, prompt, subagent_type } = record;
      const isAgent = task_type === 'local_agent';
      // NOTE: a command in the foreground becomes a task too when it takes long; its tool call already shows it.
      if (!isAgent && !record.is_backgrounded) return [];
      const step_type = isAgent ? 'subagent' : 'background';
      const name = description ?? undefined;
      steps.set(id, { step_type, name });
      const data = {
        id,
        step_type,
        name,
        input: isAgent ? { prompt, subagent_type } : undefined,
        status: 'running',
        parent_id: tool_use_id ?? undefined,
      };
      return [{ type: 'step', data }];
    }
    case 'task_notification': {
      const { task_id: id, tool_use_id, summary, status, usage } = record;
      const step = steps.get(id);
      if (!step) return [];
      steps.delete(id);
      // Named again: a command in the background ends in another turn than the one that showed its beginning.
      const data = {
        id,
        ...step,
        output: summary ?? undefined,
        status: status ?? 'completed',
        parent_id: tool_use_id ?? undefined,
        duration: Math.round(usage?.duration_ms ?? 0) || undefined,
      };
      return [{ type: 'step', data }];
    }
  }
}
