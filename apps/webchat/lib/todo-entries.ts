import type { ServerData } from '@hotplex/aep-protocol';

type Entry = ServerData<'plan'>['entries'][number];

const statuses: readonly string[] = ['pending', 'in_progress', 'completed'] satisfies Entry['status'][];

/** The to-do list in a tool's input, as plan entries; what is no entry is left out. */
export function todoEntries(input: Record<string, unknown>): Entry[] {
  const todos = Array.isArray(input.todos) ? input.todos : [];
  return todos.flatMap((todo: unknown): Entry[] => {
    if (typeof todo !== 'object' || todo === null || !('content' in todo) || typeof todo.content !== 'string')
      return [];
    const status = 'status' in todo && typeof todo.status === 'string' ? todo.status : '';
    return [
      { content: todo.content, status: statuses.includes(status) ? (status as Entry['status']) : 'pending' },
    ];
  });
}
